import path from 'node:path';
import { ForebayError } from '@forebay/core/api/errors';
import type { Placement } from '@forebay/core/api/schemas';
import { formatPart } from '@forebay/core/api/selection';
import { env, window } from 'vscode';
import type { MakeActor } from '../actions/editorActor.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { JobsModel } from '../jobs/JobsModel.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { TreeNode } from '../tree/node.ts';
import { nameOf, refOf, targetOf, type VersionTarget } from '../tree/target.ts';
import { type Actions, showDone, showError, showPartlyDone } from '../vscode/messages.ts';
import { agreesToPushOut, type Fill, fillSeveral } from './fillSeveral.ts';
import { forEachOf, type Outcome, sayOutcome } from './outcome.ts';

const nameOfPlacement = ({ dataset, version, selection }: Placement) =>
  formatPart(dataset, version, selection);

/** What is done with several rows at once: one progress, one message, one way back. */
export class SeveralCommands {
  readonly #actor: MakeActor;
  readonly #jobs: JobsModel;
  readonly #datasets: DatasetsModel;
  readonly #placements: PlacementsModel;

  constructor(actor: MakeActor, jobs: JobsModel, datasets: DatasetsModel, placements: PlacementsModel) {
    this.#actor = actor;
    this.#jobs = jobs;
    this.#datasets = datasets;
    this.#placements = placements;
  }

  readonly cache = async (nodes: readonly TreeNode[]): Promise<void> => {
    const refs = new Set(this.#targets(nodes).map(refOf));
    await this.#fill([...refs].map((ref) => ({ ref })));
  };

  readonly clear = async (nodes: readonly TreeNode[]): Promise<void> => {
    const wanted = this.#cached(nodes);
    const outcome = await this.#each(wanted, async ({ id }) => {
      const { client } = await this.#actor();
      const job = await client.placements.remove(id);
      await client.jobs.complete(job.id, { onProgress: (latest) => this.#jobs.put(latest) });
    });
    const gone = wanted.filter((one) => outcome.done.includes(nameOfPlacement(one)));
    const fills = gone.map(({ dataset, version, cache, selection }) => ({
      ...{ ref: refOf({ dataset, version }), cache },
      ...selection,
    }));
    say(outcome, 'Cleared # from the cache', { Undo: () => this.#fill(fills).catch(showError) });
  };

  readonly pin = (nodes: readonly TreeNode[]): Promise<void> => this.#pin(this.#cached(nodes), true);
  readonly unpin = (nodes: readonly TreeNode[]): Promise<void> => this.#pin(this.#cached(nodes), false);

  readonly cancel = async (nodes: readonly TreeNode[]): Promise<void> => {
    const { client } = await this.#actor();
    const jobs = new Set(nodes.map((node) => this.#jobOf(node)).filter((job) => job !== undefined));
    const outcome = await forEachOf(
      [...jobs],
      (job) => this.#jobs.running.get(job)?.title ?? job,
      async (job) => this.#jobs.put(await client.jobs.cancel(job)),
    );
    say(outcome, 'Cancelled #', {}, 'job');
  };

  /** One a line, of those that are cached. */
  readonly copyPath = async (nodes: readonly TreeNode[]): Promise<void> => {
    const paths = nodes.map((node) => this.#pathOf(node)).filter((one) => one !== undefined);
    if (paths.length === 0) throw new ForebayError('not-cached', 'None of these is cached.');
    await copyLines(paths, 'path');
  };

  readonly copyName = (nodes: readonly TreeNode[]): Promise<void> =>
    copyLines(this.#targets(nodes).map(nameOf), 'name');

  async #fill(fills: readonly Fill[]): Promise<void> {
    const { client } = await this.#actor();
    if (!(await agreesToPushOut(client, fills))) return;
    const outcome = await fillSeveral(client, this.#jobs, fills).finally(() => this.#placements.reload());
    say(outcome, 'Cached #', {});
  }

  async #pin(placements: readonly Placement[], pinned: boolean): Promise<void> {
    const { client } = await this.#actor();
    const outcome = await this.#each(placements, ({ id }) =>
      pinned ? client.placements.pin(id) : client.placements.unpin(id),
    );
    const done = placements.filter((one) => outcome.done.includes(nameOfPlacement(one)));
    const undo = () => this.#pin(done, !pinned).catch(showError);
    say(outcome, pinned ? 'Pinned #' : 'Unpinned #', { Undo: undo });
  }

  #each(placements: readonly Placement[], act: (one: Placement) => Promise<unknown>): Promise<Outcome> {
    return forEachOf(placements, nameOfPlacement, act).finally(() => this.#placements.reload());
  }

  #targets(nodes: readonly TreeNode[]): VersionTarget[] {
    const latest = (name: string) => this.#datasets.dataset(name)?.latest?.version;
    return nodes.map((node) => targetOf(node, latest)).filter((target) => target !== undefined);
  }

  #placementOf(node: TreeNode): Placement | undefined {
    if (node.kind === 'placement') return this.#placements.find(node.placement);
    const [target] = this.#targets([node]);
    return target && this.#placements.placementOf(target.dataset, target.version);
  }

  /** What rows have on caches, each once. */
  #cached(nodes: readonly TreeNode[]): Placement[] {
    const all = nodes.map((node) => this.#placementOf(node)).filter((one) => one !== undefined);
    if (all.length === 0) throw new ForebayError('not-cached', 'None of these is cached.');
    return [...new Map(all.map((one) => [one.id, one])).values()];
  }

  #jobOf(node: TreeNode): string | undefined {
    return node.kind === 'job' ? node.job : (this.#placementOf(node)?.job ?? undefined);
  }

  #pathOf(node: TreeNode): string | undefined {
    if (node.kind !== 'entry') return this.#placementOf(node)?.path ?? undefined;
    const folder = this.#placements.readyPath(node.dataset, node.version);
    return folder === undefined ? undefined : path.join(folder, ...node.entry.path.split('/'));
  }
}

function say(outcome: Outcome, does: string, actions: Actions, noun = 'version'): void {
  const text = sayOutcome(outcome, does, noun);
  if (outcome.failed.length === 0) void showDone(text, actions);
  else void showPartlyDone(text, outcome.done.length === 0 ? {} : actions);
}

async function copyLines(lines: readonly string[], noun: string): Promise<void> {
  await env.clipboard.writeText(lines.join('\n'));
  window.setStatusBarMessage(`Forebay: copied ${lines.length} ${noun}s`, 5000);
}
