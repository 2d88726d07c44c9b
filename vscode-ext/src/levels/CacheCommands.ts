import { ForebayError, type Problem } from '@forebay/core/api/errors';
import { formatBytes, formatCount, formatDuration } from '@forebay/core/api/units';
import { commands, env, window } from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { VersionPicker } from '../datasets/VersionPicker.ts';
import type { JobsModel } from '../jobs/JobsModel.ts';
import type { TreeNode } from '../tree/node.ts';
import { notCached, refOf, type VersionTarget } from '../tree/target.ts';
import { showDone, showError } from '../vscode/messages.ts';
import { withJobProgress } from '../vscode/progress.ts';
import type { PlacementsModel } from './PlacementsModel.ts';

/** Puts versions into the cache and takes them out again. */
export class CacheCommands {
  readonly #daemon: DaemonModel;
  readonly #jobs: JobsModel;
  readonly #placements: PlacementsModel;
  readonly #picker: VersionPicker;

  constructor(daemon: DaemonModel, jobs: JobsModel, placements: PlacementsModel, picker: VersionPicker) {
    this.#daemon = daemon;
    this.#jobs = jobs;
    this.#placements = placements;
    this.#picker = picker;
  }

  readonly cache = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Cache which version?');
    if (target) await this.fill(target);
  };

  /** Follows the fill in a notification until the version is ready; Cancel there stops it. */
  readonly fill = async ({ dataset, version }: { dataset: string; version: number }): Promise<void> => {
    const ref = refOf({ dataset, version });
    const client = await this.#daemon.client();
    const started = Date.now();
    let placement = await client.placements.add({ ref });
    if (placement.state !== 'ready' && placement.job !== null) {
      const job = await client.jobs.get(placement.job);
      try {
        await withJobProgress(client, job, (latest) => this.#jobs.put(latest));
      } finally {
        await this.#placements.reload();
      }
      placement = await client.placements.get(placement.id);
    }
    const took = Math.round((Date.now() - started) / 1000);
    const about = `${formatCount(placement.files, 'file')}, ${formatBytes(placement.bytes)}`;
    void showDone(
      `${ref} is cached on ${placement.cache}: ${about}, in ${formatDuration(Math.max(1, took))}.`,
      {
        'Insert mount code': () =>
          commands.executeCommand('forebay.notebook.insertMountCode', { kind: 'version', dataset, version }),
        'Copy path': () => env.clipboard.writeText(placement.path ?? ''),
      },
    );
  };

  readonly clear = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.cachedTarget(node, 'Clear which version from the cache?');
    if (!target) return;
    const id = node?.kind === 'placement' ? node.placement : this.#placementOf(target)?.id;
    if (id === undefined) throw notCached(target);
    const client = await this.#daemon.client();
    const job = await client.placements.remove(id);
    await client.jobs.complete(job.id, { onProgress: (latest) => this.#jobs.put(latest) });
    await this.#placements.reload();
    window.setStatusBarMessage(`Forebay: cleared ${refOf(target)} from the cache`, 5000);
  };

  readonly problem = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Which version?');
    const problem = target && this.#placementOf(target)?.problem;
    if (!problem) return;
    void showError(ForebayError.fromProblem(problem as Problem), {
      'Try again': () => this.fill(target).catch(showError),
    });
  };

  #placementOf({ dataset, version }: VersionTarget) {
    return this.#placements.placementOf(dataset, version);
  }
}
