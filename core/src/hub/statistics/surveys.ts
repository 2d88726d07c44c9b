import type { VersionStatistics } from '../../api/index.ts';
import { bytesOf, type VersionIndex } from '../../dataset/listing/versionIndex.ts';
import type { HubContext } from '../context.ts';
import type { SurveyTask } from '../jobs/task.ts';
import type { FoundVersion } from '../lake/catalog.ts';
import { keptStatistics } from './keep.ts';
import { VersionSurvey } from './versionSurvey.ts';

/** Milliseconds: nobody asked for so long, so nobody waits; and then its paths are forgotten. */
const patience = { running: 15_000, search: 3_000, index: 300_000 };
/** Bytes of all indexes that are kept. */
const indexesMost = 256 * 2 ** 20;

/** What versions hold, worked out once for whoever asks, and while somebody does. */
export class Surveys {
  readonly #hub: HubContext;
  /** By digest, or by digest and search; what was asked for last comes last. */
  readonly #surveys = new Map<string, VersionSurvey>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(hub: HubContext) {
    this.#hub = hub;
  }

  /** As far as it is known `wait` milliseconds from now. */
  async statistics(found: FoundVersion, wait: number): Promise<VersionStatistics> {
    const { digest } = found.version;
    const known = this.#surveys.get(digest)?.statistics;
    // A search may have begun a survey since.
    const kept = known?.complete ? known : await keptStatistics(this.#hub.home, digest);
    if (kept) return kept;
    const survey = this.#ask(found);
    await atMost(survey.whole(), wait);
    return survey.statistics;
  }

  /**
   * The paths of a version, or those that a search alone finds; null where they are too many, undefined where they
   * aren't read `wait` milliseconds from now.
   */
  async index(
    found: FoundVersion,
    wait: number,
    only?: SurveyTask['only'],
  ): Promise<VersionIndex | null | undefined> {
    const survey = this.#ask(found, only);
    const counted = await atMost(survey.counted, wait);
    return counted === undefined ? undefined : survey.index;
  }

  /** Files that were looked at so far. */
  read(found: FoundVersion, only?: SurveyTask['only']): number {
    return this.#surveys.get(keyOf(found, only))?.statistics.progress?.files ?? 0;
  }

  #ask(found: FoundVersion, only?: SurveyTask['only']): VersionSurvey {
    const key = keyOf(found, only);
    const survey = this.#surveys.get(key) ?? this.#begin(found, only);
    this.#surveys.delete(key);
    this.#surveys.set(key, survey);
    this.#forgetLater(key, survey, only);
    return survey;
  }

  #forgetLater(key: string, survey: VersionSurvey, only: SurveyTask['only']): void {
    clearTimeout(this.#timers.get(key));
    const running = only ? patience.search : patience.running;
    const wait = survey.statistics.counts ? patience.index : running;
    this.#timers.set(key, setTimeout(() => this.#forget(key), wait).unref());
  }

  #begin(found: FoundVersion, only: SurveyTask['only']): VersionSurvey {
    const key = keyOf(found, only);
    const survey = new VersionSurvey(this.#hub, found, only);
    survey.counted.then(
      () => {
        if (this.#surveys.get(key) !== survey) return;
        this.#forgetLater(key, survey, only);
        this.#makeRoom();
      },
      // Whoever asks next gets another try.
      () => this.#surveys.get(key) === survey && this.#forget(key),
    );
    return survey;
  }

  #forget(key: string): void {
    this.#surveys.get(key)?.stop();
    this.#surveys.delete(key);
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  /** The newest one stays, whatever it takes. */
  #makeRoom(): void {
    let bytes = 0;
    for (const [nth, [key, { index }]] of [...this.#surveys].reverse().entries()) {
      bytes += index ? bytesOf(index) : 0;
      if (index && nth > 0 && bytes > indexesMost) this.#forget(key);
    }
  }
}

const keyOf = ({ version }: FoundVersion, only: SurveyTask['only']) =>
  only ? `${version.digest} ${JSON.stringify(only)}` : version.digest;

/** What it comes to within so many milliseconds; undefined where it takes longer. */
async function atMost<T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> {
  const enough = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => enough.resolve(undefined), milliseconds);
  return Promise.race([work, enough.promise]).finally(() => clearTimeout(timer));
}

const ofHub = new WeakMap<HubContext, Surveys>();

export function surveysOf(hub: HubContext): Surveys {
  const known = ofHub.get(hub) ?? new Surveys(hub);
  ofHub.set(hub, known);
  return known;
}
