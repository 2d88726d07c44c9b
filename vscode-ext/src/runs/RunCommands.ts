import { ForebayError } from '@forebay/core/api/errors';
import type { Run } from '@forebay/core/api/schemas';
import { compareView, runView, tableView, writeView } from '@forebay/core/ui/view';
import { env, window, workspace } from 'vscode';
import type { TreeNode } from '../tree/node.ts';
import { say } from '../tree/row.ts';
import { pickOne } from '../vscode/quickPick.ts';
import type { RunOutputProvider } from './RunOutputProvider.ts';
import type { RunsModel } from './RunsModel.ts';

export class RunCommands {
  readonly #runs: RunsModel;
  readonly #outputs: RunOutputProvider;

  readonly #show: (view: string) => void;

  constructor(runs: RunsModel, outputs: RunOutputProvider, show: (view: string) => void) {
    this.#runs = runs;
    this.#outputs = outputs;
    this.#show = show;
  }

  /** All of them, in a table. */
  readonly open = (): void => this.#show(writeView(tableView));

  /** Charts, output, files, code and packages of one. */
  readonly openRun = async (node?: TreeNode): Promise<void> => {
    const run = await this.#runOf(node, 'Open which run?');
    if (run) this.#show(writeView(runView(run.id)));
  };

  readonly compare = async (): Promise<void> => {
    this.#requireRuns();
    const chosen = await window.showQuickPick(this.#choices(), {
      title: 'Compare which runs?',
      placeHolder: 'Two or more',
      canPickMany: true,
      matchOnDescription: true,
    });
    if (!chosen) return;
    if (chosen.length < 2) throw new ForebayError('bad-request', 'Choose two runs or more to compare.');
    this.#show(writeView(compareView(chosen.map(({ value }) => value.id))));
  };

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
    this.#requireRuns();
    return pickOne(question, this.#choices());
  }

  #requireRuns(): void {
    if (this.#runs.all.length > 0) return;
    throw new ForebayError('run-unknown', 'No runs yet.', 'Record one: forebay run -- python train.py');
  }

  #choices() {
    return this.#runs.all.map((run) => ({
      label: run.name,
      description: say(run.state, run.experiment.name),
      value: run,
    }));
  }
}
