import { ForebayError, isForebayError } from '@forebay/core/api/errors';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { TreeNode } from '../tree/node.ts';
import { targetOf } from '../tree/target.ts';
import { pickOne } from '../vscode/quickPick.ts';
import type { JobsModel } from './JobsModel.ts';
import { jobRow } from './jobRow.ts';

export class JobCommands {
  readonly #daemon: DaemonModel;
  readonly #jobs: JobsModel;
  readonly #datasets: DatasetsModel;
  readonly #placements: PlacementsModel;

  constructor(daemon: DaemonModel, jobs: JobsModel, datasets: DatasetsModel, placements: PlacementsModel) {
    this.#daemon = daemon;
    this.#jobs = jobs;
    this.#datasets = datasets;
    this.#placements = placements;
  }

  /** Stops the job of a row, or one that is picked, and waits until it has ended. */
  readonly cancel = async (node?: TreeNode): Promise<void> => {
    const id = await this.#jobOf(node);
    if (id === undefined) return;
    const client = await this.#daemon.client();
    this.#jobs.put(await client.jobs.cancel(id));
    try {
      this.#jobs.put(await client.jobs.follow(id));
    } catch (error) {
      if (!isForebayError(error, 'cancelled')) throw error;
      this.#jobs.put(await client.jobs.get(id));
    }
    await this.#placements.reload();
  };

  async #jobOf(node: TreeNode | undefined): Promise<string | undefined> {
    if (node === undefined) return this.#pick();
    if (node.kind === 'job') return node.job;
    if (node.kind === 'placement') return this.#placements.find(node.placement)?.job ?? undefined;
    const target = targetOf(node, (name) => this.#datasets.dataset(name)?.latest?.version);
    return (target && this.#placements.placementOf(target.dataset, target.version)?.job) ?? undefined;
  }

  async #pick(): Promise<string | undefined> {
    await this.#jobs.reload();
    const rows = [...this.#jobs.running.values()].map(jobRow);
    if (rows.length === 0) throw new ForebayError('job-unknown', 'No job is running.');
    const choices = rows.map(({ id, label, description }) => ({
      label,
      ...(description ? { description } : {}),
      value: id,
    }));
    return pickOne('Cancel which job?', choices);
  }
}
