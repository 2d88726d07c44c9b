import { window } from 'vscode';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { refOf } from '../tree/target.ts';

/** Steps that rows of the overview lead to. */
export class OverviewCommands {
  readonly #picker: VersionPicker;
  readonly #reveal: (dataset: string, version: number) => Promise<void>;

  constructor(picker: VersionPicker, reveal: (dataset: string, version: number) => Promise<void>) {
    this.#picker = picker;
    this.#reveal = reveal;
  }

  /** Selects a version in the tree of datasets. */
  readonly reveal = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Show which version?');
    if (target) await this.#reveal(target.dataset, target.version);
  };

  /** Types the command that records a run, for a person to complete and start. */
  readonly startRun = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Train with which version?');
    if (!target) return;
    const terminal = window.createTerminal({ name: 'Forebay run' });
    terminal.show();
    terminal.sendText(`forebay run --data ${refOf(target)} -- python train.py`, false);
  };
}
