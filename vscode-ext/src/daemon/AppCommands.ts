import { formatBytes } from '@forebay/core/api/text/units';
import { commands } from 'vscode';
import type { CachesModel } from '../caches/CachesModel.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { JobsModel } from '../jobs/JobsModel.ts';
import { jobRow } from '../jobs/jobRow.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { RunsModel } from '../runs/RunsModel.ts';
import { say } from '../tree/row.ts';
import { log } from '../vscode/log.ts';
import { type Choice, pickOne } from '../vscode/quickPick.ts';
import type { DaemonModel } from './DaemonModel.ts';

type Act = () => unknown;

/** The daemon as a whole: start it, read everything again, see what it does. */
export class AppCommands {
  readonly #daemon: DaemonModel;
  readonly #datasets: DatasetsModel;
  readonly #placements: PlacementsModel;
  readonly #caches: CachesModel;
  readonly #jobs: JobsModel;
  readonly #runs: RunsModel;

  constructor(
    daemon: DaemonModel,
    datasets: DatasetsModel,
    placements: PlacementsModel,
    caches: CachesModel,
    jobs: JobsModel,
    runs: RunsModel,
  ) {
    this.#daemon = daemon;
    this.#datasets = datasets;
    this.#placements = placements;
    this.#caches = caches;
    this.#jobs = jobs;
    this.#runs = runs;
  }

  readonly start = async (): Promise<void> => {
    await this.#daemon.start();
  };

  readonly showLog = (): void => log.show();

  readonly refresh = async (): Promise<void> => {
    await this.#daemon.client();
    const all = [this.#datasets, this.#placements, this.#caches, this.#runs];
    await Promise.all(all.map((model) => model.reload()));
  };

  readonly status = async (): Promise<void> => {
    const act = await pickOne('Forebay on this machine; choose a job to cancel it', this.#lines());
    await act?.();
  };

  async #lines(): Promise<Choice<Act>[]> {
    const client = await this.#daemon.client();
    await Promise.all([this.#jobs.reload(), this.#caches.reload()]);
    const { pid, home, lake, version } = await client.app.status();
    const jobs = [...this.#jobs.running.values()].map((job): Choice<Act> => {
      const { label, description } = jobRow(job);
      return {
        label: `$(sync~spin) ${label}`,
        ...(description ? { description } : {}),
        value: () => commands.executeCommand('forebay.app.cancelJob', { kind: 'job', job: job.id }),
      };
    });
    const caches = this.#caches.all.map(
      ({ name, used, capacity, path }): Choice<Act> => ({
        label: `$(database) Cache ${name}`,
        description: say(`${formatBytes(used)} of ${formatBytes(capacity)}`, path),
        value: () => commands.executeCommand('forebay.caches.focus'),
      }),
    );
    const where = lake === null ? 'none yet' : say(lake.url, lake.temporary && 'temporary');
    return [
      ...jobs,
      {
        label: '$(cloud) Lake',
        description: where,
        value: () => commands.executeCommand('forebay.datasets.focus'),
      },
      ...caches,
      {
        label: `$(pulse) Daemon ${pid}`,
        description: say(`Forebay ${version}`, home),
        value: this.showLog,
      },
    ];
  }
}
