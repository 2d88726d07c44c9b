import type { Dataset, Version } from '@forebay/core/api/schemas';
import { formatAge } from '@forebay/core/api/text/moment';
import { formatBytes } from '@forebay/core/api/text/units';
import { type Level, levelWords } from '../levels/level.ts';
import { say } from '../tree/row.ts';

/** What may stand where a version is typed. */
export interface Candidate {
  text: string;
  /** Beside it, dimmed: size, age, cached state. */
  detail: string;
  /** What it is, at more length. */
  about: string;
}

export function datasetCandidates(
  datasets: readonly Dataset[],
  levelOf: (dataset: string, version: number) => Level,
  now: number,
): Candidate[] {
  return datasets.map(({ name, description, labels, latest }) => ({
    text: name,
    detail: latest
      ? say(`v${latest.version}`, ...facts(latest, levelOf(name, latest.version), now))
      : 'no version yet',
    about: [description, labels.join(', ')].filter(Boolean).join('\n\n'),
  }));
}

/** Versions, newest first, then latest and tags. */
export function selectorCandidates(
  versions: readonly Version[],
  levelOf: (dataset: string, version: number) => Level,
  now: number,
): Candidate[] {
  const of = (text: string, version: Version, is?: string): Candidate => ({
    text,
    detail: say(is, ...facts(version, levelOf(version.dataset, version.version), now)),
    about: say(version.message, version.author),
  });
  const newest = versions[0];
  const is = (version: Version) => `v${version.version}`;
  return [
    ...versions.map((version) => of(is(version), version)),
    ...(newest ? [of('latest', newest, is(newest))] : []),
    ...versions.flatMap((version) => version.tags.map((tag) => of(tag, version, is(version)))),
  ];
}

const facts = (version: Version, level: Level, now: number) => [
  formatBytes(version.bytes),
  formatAge(version.time, now),
  levelWords(level),
];
