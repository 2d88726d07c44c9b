import { ForebayError } from '@forebay/core/api/errors';
import type { Run } from '@forebay/core/api/schemas';
import { env, window, workspace } from 'vscode';
import type { TreeNode } from '../tree/node.ts';
import { say } from '../tree/row.ts';
import { pickOne } from '../vscode/quickPick.ts';
import type { RunOutputProvider } from './RunOutputProvider.ts';
import type { RunsModel } from './RunsModel.ts';

export class RunCommands {
  readonly #runs: RunsModel;
  readonly #outputs: RunOutputProvider;

  constructor(runs: RunsModel, outputs: RunOutputProvider) {
    this.#runs = runs;
    this.#outputs = outputs;
  }

  /** What it printed, in an editor that goes on while it runs. */
  readonly openOutput = async (node?: TreeNode): Promise<void> => {
    const run = await this.#runOf(node, 'Show the output of which run?');
    if (!run) return;
    const document = await workspace.openTextDocument(this.#outputs.uriOf(run));
    await window.showTextDocument(document, { preview: true });
  };

  /** What `forebay runs show` takes. */
  readonly copyId = async (node?: TreeNode): Promise<void> => {
    const run = await this.#runOf(node, 'Copy the id of which run?');
    if (!run) return;
    await env.clipboard.writeText(run.id);
    window.setStatusBarMessage(`Forebay: copied ${run.id}`, 5000);
  };

  async #runOf(node: TreeNode | undefined, question: string): Promise<Run | undefined> {
    if (node?.kind === 'run') return this.#runs.find(node.run);
    if (this.#runs.all.length === 0) {
      throw new ForebayError('run-unknown', 'No runs yet.', 'Record one: forebay run -- python train.py');
    }
    const choices = this.#runs.all.map((run) => ({
      label: run.name,
      description: say(run.state, run.experiment.name),
      value: run,
    }));
    return pickOne(question, choices);
  }
}
