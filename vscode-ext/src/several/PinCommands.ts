import type { VersionPicker } from '../datasets/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import type { SeveralCommands } from './SeveralCommands.ts';

/** Keeps what is cached, or lets it age out again: of a row, else of a version that is picked. */
export class PinCommands {
  readonly #several: SeveralCommands;
  readonly #picker: VersionPicker;

  constructor(several: SeveralCommands, picker: VersionPicker) {
    this.#several = several;
    this.#picker = picker;
  }

  readonly pin = async (node?: TreeNode): Promise<void> => {
    const chosen = node ?? (await this.#pick('Pin which version?'));
    if (chosen) await this.#several.pin([chosen]);
  };

  readonly unpin = async (node?: TreeNode): Promise<void> => {
    const chosen = node ?? (await this.#pick('Unpin which version?'));
    if (chosen) await this.#several.unpin([chosen]);
  };

  async #pick(question: string): Promise<TreeNode | undefined> {
    const target = await this.#picker.cachedTarget(undefined, question);
    return target && { kind: 'version', dataset: target.dataset, version: target.version };
  }
}
