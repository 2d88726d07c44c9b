import { ForebayError } from '@forebay/core/api/errors';
import { archiveTag, starTag } from '@forebay/core/api/run/runTags';
import type { Run } from '@forebay/core/api/schemas';
import { actOnRuns } from '@forebay/core/ui/actions/actOnRuns';
import { isAlready, type RunVerb } from '@forebay/core/ui/runs/changeRuns';
import { compareView, runView, tableView, writeView } from '@forebay/core/ui/view';
import { window, workspace } from 'vscode';
import { copyText, type MakeActor } from '../actions/editorActor.ts';
import { runChoices } from '../pick/choices.ts';
import type { TreeNode } from '../tree/node.ts';
import { pickOne } from '../vscode/quickPick.ts';
import type { RunOutputProvider } from './RunOutputProvider.ts';
import type { RunsModel } from './RunsModel.ts';

export class RunCommands {
  readonly #runs: RunsModel;
  readonly #outputs: RunOutputProvider;
  readonly #actor: MakeActor;
  readonly #show: (view: string) => void;

  constructor(actor: MakeActor, runs: RunsModel, outputs: RunOutputProvider, show: (view: string) => void) {
    this.#actor = actor;
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
    const chosen = await pickRuns('Compare which runs?', 'Two or more', await this.#some());
    if (!chosen) return;
    if (chosen.length < 2) throw new ForebayError('bad-request', 'Choose two runs or more to compare.');
    this.#show(writeView(compareView(chosen.map(({ id }) => id))));
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
    if (run) await copyText(run.id);
  };

  readonly star = (node?: TreeNode) => this.#change('star', node, 'Star which runs?');

  readonly unstar = (node?: TreeNode) => this.#change('unstar', node, 'Remove the star from which runs?');

  readonly archive = (node?: TreeNode) => this.#change('archive', node, 'Archive which runs?');

  readonly unarchive = (node?: TreeNode) =>
    this.#change('unarchive', node, 'Take which runs out of the archive?');

  readonly delete = (node?: TreeNode) => this.#change('delete', node, 'Delete which runs?');

  readonly showArchived = () => this.#runs.showArchived(true);

  readonly hideArchived = () => this.#runs.showArchived(false);

  /** Selected rows beside each other. */
  readonly compareRows = (nodes: readonly TreeNode[]): void => {
    const runs = this.#runsOf(nodes);
    if (runs.length > 1) this.#show(writeView(compareView(runs.map(({ id }) => id))));
  };

  /** What is done with a run, done with several rows. */
  readonly changeRows = (verb: RunVerb) => async (nodes: readonly TreeNode[]) => {
    const left = this.#runsOf(nodes).filter((run) => !isAlready[verb](run));
    if (left.length > 0) await actOnRuns(await this.#actor(), verb, left);
  };

  #runsOf(nodes: readonly TreeNode[]): Run[] {
    const ids = new Set(nodes.map((node) => (node.kind === 'run' ? node.run : '')));
    return this.#runs.all.filter(({ id }) => ids.has(id));
  }

  async #change(verb: RunVerb, node: TreeNode | undefined, question: string): Promise<void> {
    const actor = await this.#actor();
    const one = node?.kind === 'run' ? await actor.client.runs.get(node.run) : undefined;
    const all = one ? [one] : await this.#some(only[verb]);
    const left = all.filter((run) => !isAlready[verb](run));
    if (left.length === 0) throw new ForebayError('run-unknown', nothingLeft[verb]);
    const chosen = one ? left : await pickRuns(question, 'One or more', left);
    if (chosen && chosen.length > 0) await actOnRuns(actor, verb, chosen);
  }

  async #runOf(node: TreeNode | undefined, question: string): Promise<Run | undefined> {
    if (node?.kind === 'run') return this.#runs.find(node.run);
    return pickOne(question, runChoices(await this.#some()));
  }

  async #some(filter?: string): Promise<readonly Run[]> {
    const runs = await this.#runs.latest(filter);
    if (filter === undefined) requireRuns(runs);
    return runs;
  }
}

/** Those that few runs are, of which an old one is looked for too. */
const only: Partial<Record<RunVerb, string>> = {
  unstar: `tags.\`${starTag}\` = 'true'`,
  unarchive: `tags.\`${archiveTag}\` = 'true'`,
};

const nothingLeft: Record<RunVerb, string> = {
  star: 'Every run has a star.',
  unstar: 'No run has a star.',
  archive: 'Every run is archived.',
  unarchive: 'No run is archived.',
  delete: 'No run is left to delete.',
  restore: 'No run is deleted.',
};

async function pickRuns(
  title: string,
  placeHolder: string,
  runs: readonly Run[],
): Promise<Run[] | undefined> {
  const chosen = await window.showQuickPick(runChoices(runs), {
    ...{ title, placeHolder, canPickMany: true as const, matchOnDescription: true },
  });
  return chosen?.map(({ value }) => value);
}

function requireRuns(runs: readonly Run[]): void {
  if (runs.length > 0) return;
  throw new ForebayError('run-unknown', 'No runs yet.', 'Record one: forebay run -- python train.py');
}
