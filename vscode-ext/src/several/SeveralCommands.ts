import path from 'node:path';
import { ForebayError } from '@forebay/core/api/errors';
import type { Placement } from '@forebay/core/api/schemas';
import { formatPart } from '@forebay/core/api/selection';
import { formatCount } from '@forebay/core/api/text/units';
import { env, window } from 'vscode';
import type { MakeActor } from '../actions/editorActor.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { JobsModel } from '../jobs/JobsModel.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { TreeNode } from '../tree/node.ts';
import { nameOf, refOf, targetOf, type VersionTarget } from '../tree/target.ts';
import { type Actions, showDone, showError, showPartlyDone } from '../vscode/messages.ts';
import { chosenPlacements } from './chosenPlacements.ts';
import { agreesToPushOut, type Fill, fillSeveral } from './fillSeveral.ts';
import { forEachOf, type Outcome, sayOutcome } from './outcome.ts';

const partOf = ({ dataset, version, selection }: Placement) => formatPart(dataset, version, selection);
const nameOfPlacement = (placement: Placement) => `${partOf(placement)} on ${placement.cache}`;
const versions = { noun: 'version', nameOf: nameOfPlacement, countedAs: partOf };

const isClearable = ({ state }: Placement) => state === 'ready' || state === 'failed';
const isFilling = ({ state }: Placement) => state === 'queued' || state === 'filling';
const isLoose = ({ state, pinned }: Placement) => state === 'ready' && !pinned;
const isPinned = ({ pinned }: Placement) => pinned;

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
    const versions = nodes.filter(({ kind }) => kind !== 'entry');
    const refs = new Set(this.#targets(versions).map(refOf));
    await this.#fill([...refs].map((ref) => ({ ref })));
  };

  readonly clear = async (nodes: readonly TreeNode[]): Promise<void> => {
    const wanted = this.#chosen(nodes, 'None of these is cached.', isClearable);
    const outcome = await this.#each(wanted, async ({ id }) => {
      const { client } = await this.#actor();
      const job = await client.placements.remove(id);
      await client.jobs.complete(job.id, { onProgress: (latest) => this.#jobs.put(latest) });
    });
    const gone = outcome.done.filter(({ state }) => state === 'ready');
    const fills = gone.map(({ dataset, version, cache, selection }) => ({
      ...{ ref: refOf({ dataset, version }), cache },
      ...selection,
    }));
    const caches = new Set(outcome.done.map(({ cache }) => cache)).size;
    const does = `Cleared # from ${caches > 1 ? formatCount(caches, 'cache') : 'the cache'}`;
    const undo = { Undo: () => this.#fill(fills).catch(showError) };
    say(outcome, { does, ...versions }, fills.length > 0 ? undo : {});
  };

  readonly pin = (nodes: readonly TreeNode[]): Promise<void> =>
    this.#pin(this.#chosen(nodes, 'None of these is cached without a pin.', isLoose), true);

  readonly unpin = (nodes: readonly TreeNode[]): Promise<void> =>
    this.#pin(this.#chosen(nodes, 'None of these is pinned.', isPinned), false);

  readonly cancel = async (nodes: readonly TreeNode[]): Promise<void> => {
    const { client } = await this.#actor();
    const fills = chosenPlacements(nodes, this.#placements.all, this.#latest).filter(isFilling);
    const rows = nodes.map((node) => (node.kind === 'job' ? node.job : null));
    const jobs = new Set([...rows, ...fills.map(({ job }) => job)].filter((job) => job !== null));
    const nameOf = (job: string) => this.#jobs.running.get(job)?.title ?? job;
    const outcome = await forEachOf([...jobs], async (job) => this.#jobs.put(await client.jobs.cancel(job)));
    say(outcome, { does: 'Cancelled #', noun: 'job', nameOf }, {});
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
    say(outcome, { does: 'Cached #', noun: 'version', nameOf: ({ ref }) => ref }, {});
  }

  async #pin(placements: readonly Placement[], pinned: boolean): Promise<void> {
    const { client } = await this.#actor();
    const outcome = await this.#each(placements, ({ id }) =>
      pinned ? client.placements.pin(id) : client.placements.unpin(id),
    );
    const undo = () => this.#pin(outcome.done, !pinned).catch(showError);
    say(outcome, { does: pinned ? 'Pinned #' : 'Unpinned #', ...versions }, { Undo: undo });
  }

  #each(
    placements: readonly Placement[],
    act: (one: Placement) => Promise<unknown>,
  ): Promise<Outcome<Placement>> {
    return forEachOf(placements, act).finally(() => this.#placements.reload());
  }

  #targets(nodes: readonly TreeNode[]): VersionTarget[] {
    return nodes.map((node) => targetOf(node, this.#latest)).filter((target) => target !== undefined);
  }

  readonly #latest = (name: string): number | undefined => this.#datasets.dataset(name)?.latest?.version;

  #placementOf(node: TreeNode): Placement | undefined {
    if (node.kind === 'placement') return this.#placements.find(node.placement);
    const [target] = this.#targets([node]);
    return target && this.#placements.placementOf(target.dataset, target.version);
  }

  #chosen(nodes: readonly TreeNode[], none: string, fits: (placement: Placement) => boolean): Placement[] {
    const all = chosenPlacements(nodes, this.#placements.all, this.#latest).filter(fits);
    if (all.length === 0) throw new ForebayError('not-cached', none);
    return all;
  }

  #pathOf(node: TreeNode): string | undefined {
    if (node.kind !== 'entry') return this.#placementOf(node)?.path ?? undefined;
    const folder = this.#placements.readyPath(node.dataset, node.version);
    return folder === undefined ? undefined : path.join(folder, ...node.entry.path.split('/'));
  }
}

function say<T>(outcome: Outcome<T>, words: Parameters<typeof sayOutcome<T>>[1], actions: Actions): void {
  const text = sayOutcome(outcome, words);
  if (outcome.failed.length === 0) void showDone(text, actions);
  else void showPartlyDone(text, outcome.done.length === 0 ? {} : actions);
}

async function copyLines(lines: readonly string[], noun: string): Promise<void> {
  await env.clipboard.writeText(lines.join('\n'));
  window.setStatusBarMessage(`Forebay: copied ${lines.length} ${noun}s`, 5000);
}
