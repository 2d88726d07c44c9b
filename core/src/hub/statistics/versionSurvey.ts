import type { VersionStatistics } from '../../api/index.ts';
import type { VersionIndex } from '../../dataset/listing/versionIndex.ts';
import type { Tally } from '../../dataset/progress.ts';
import { readSample } from '../../dataset/statistics/readSample.ts';
import type { Survey } from '../../dataset/statistics/survey.ts';
import type { HubContext } from '../context.ts';
import type { SurveyTask } from '../jobs/task.ts';
import type { FoundVersion } from '../lake/catalog.ts';
import { keepStatistics } from './keep.ts';

/** One version being looked through: its manifest in a thread, then some of its files. */
export class VersionSurvey {
  /** As far as they are known. */
  statistics: VersionStatistics;
  /** Null until it is read, and where it would take too much memory. */
  index: VersionIndex | null = null;
  /** Resolves when the manifest is read; rejects with what went wrong. */
  readonly counted: Promise<Survey>;
  readonly #hub: HubContext;
  readonly #found: FoundVersion;
  readonly #abort = new AbortController();
  #sampled: Promise<void> | undefined;

  constructor(hub: HubContext, found: FoundVersion, only?: SurveyTask['only']) {
    this.#hub = hub;
    this.#found = found;
    const { opened, dataset } = found;
    const { root, files: filesTotal } = found.version;
    const { signal } = this.#abort;
    const none = { complete: false, counts: null, sample: null };
    this.statistics = { ...none, progress: { files: 0, filesTotal } };
    const report = ({ files }: Tally) => {
      this.statistics = { ...none, progress: { files, filesTotal } };
    };
    const { location: lake, id: lakeId } = opened;
    const version = { datasetId: dataset.id, root, files: filesTotal, only };
    const task = { kind: 'survey' as const, lake, lakeId, ...version };
    this.counted = (hub.runTask(task, { signal, report }) as Promise<Survey>).then((survey) => {
      this.index = survey.index;
      this.statistics = { ...none, progress: null, counts: survey.counts };
      return survey;
    });
    this.counted.catch(() => undefined);
  }

  /** Resolves when the sample is read too; what keeps it from that costs no more than the sample, and is tried again. */
  whole(): Promise<void> {
    this.#sampled ??= this.#sample().catch((error) => {
      this.#sampled = undefined;
      throw error;
    });
    return this.#sampled;
  }

  stop(): void {
    this.#abort.abort();
  }

  async #sample(): Promise<void> {
    const { counts, chosen } = await this.counted;
    const { opened, dataset, version } = this.#found;
    const { sample, unread } = await readSample(opened.lake, dataset.id, chosen, this.#abort.signal);
    this.statistics = { complete: true, progress: null, counts, sample };
    if (unread > 0) return;
    await keepStatistics(this.#hub.home, version.digest, this.statistics).catch(this.#hub.log);
  }
}
