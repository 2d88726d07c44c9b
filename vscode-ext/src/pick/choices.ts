import { archiveTag } from '@forebay/core/api/run/runTags';
import type { Dataset, Placement, Run, Version } from '@forebay/core/api/schemas';
import { formatPart } from '@forebay/core/api/selection';
import { formatAge } from '@forebay/core/api/text/moment';
import { formatBytes } from '@forebay/core/api/text/units';
import { type Level, levelIcon, levelOf, levelWords } from '../levels/level.ts';
import { say } from '../tree/row.ts';
import type { Choice } from '../vscode/quickPick.ts';

/** Lines of quick picks: names with what tells them apart. */

type LevelOf = (dataset: string, version: number) => Level;

/** Also those without a version, if `all`. */
export function datasetChoices(
  datasets: readonly Dataset[],
  levelOf: LevelOf,
  all = false,
): Choice<Dataset>[] {
  return datasets.flatMap((dataset): Choice<Dataset>[] => {
    const { name, description, latest } = dataset;
    const detail = description === '' ? {} : { detail: description };
    if (latest === null) {
      const label = `$(forebay-level-empty) ${name}`;
      return all ? [{ label, description: 'no version yet', ...detail, value: dataset }] : [];
    }
    const level = levelOf(name, latest.version);
    const about = say(`v${latest.version}`, formatBytes(latest.bytes), levelWords(level));
    return [{ label: `$(${levelIcon(level)}) ${name}`, description: about, ...detail, value: dataset }];
  });
}

/** Newest first, as they come. `newest` is the dataset's, which has the tag `latest`. */
export function versionChoices(
  versions: readonly Version[],
  newest: number | undefined,
  levelOf: LevelOf,
  now: number,
): Choice<Version>[] {
  return versions.map((one) => {
    const level = levelOf(one.dataset, one.version);
    const tags = [one.version === newest && 'latest', ...one.tags].filter(Boolean).join(', ');
    const age = formatAge(one.time, now);
    return {
      label: `$(${levelIcon(level)}) v${one.version}`,
      description: say(formatBytes(one.bytes), levelWords(level), tags, age, one.author),
      ...(one.message === '' ? {} : { detail: one.message }),
      value: one,
    };
  });
}

export function placementChoices(placements: readonly Placement[]): Choice<Placement>[] {
  return placements.map((placement) => {
    const { dataset, version, selection, cache, bytes, pinned, leases } = placement;
    const used = leases > 0 && `in use by ${leases}`;
    return {
      label: `$(${levelIcon(levelOf([placement], new Map()))}) ${formatPart(dataset, version, selection)}`,
      description: say(formatBytes(bytes), `on ${cache}`, pinned && 'pinned', used),
      value: placement,
    };
  });
}

export function runChoices(runs: readonly Run[]): Choice<Run>[] {
  return runs.map((run) => ({
    label: run.name,
    description: say(run.state, run.tags[archiveTag] === 'true' && 'archived', run.experiment.name),
    value: run,
  }));
}

export interface TagChoice {
  dataset: string;
  tag: string;
  version: number;
}

export function tagChoices(versions: readonly Version[]): Choice<TagChoice>[] {
  return versions.flatMap(({ dataset, version, tags, message }) =>
    tags.map((tag) => ({
      label: `$(tag) ${tag}`,
      description: say(`v${version}`, message),
      value: { dataset, tag, version },
    })),
  );
}
