import type { Dataset } from '@forebay/core/api/schemas';
import { formatBytes } from '@forebay/core/api/text/units';
import { type Level, levelContext, levelIcon, levelWords } from '../levels/level.ts';
import { escapeMarkdown, type Row, say } from '../tree/row.ts';
import { levelColor, shortLevel, versionTooltip } from './versionRow.ts';

/**
 * A dataset's row answers for its newest version; while `expanded`, the progress stands in the row below
 * (redrawing a row draws all below it again, and a click meanwhile would miss).
 */
export function datasetRow(dataset: Dataset, level: Level, now: number, expanded: boolean): Row {
  const { latest } = dataset;
  if (latest === null) {
    return {
      id: dataset.name,
      label: dataset.name,
      description: 'no versions yet',
      icon: 'forebay-level-empty',
      spoken: `Dataset ${dataset.name}, no versions yet`,
      context: 'dataset.empty',
      expandable: false,
    };
  }
  const shown = expanded ? stillOf(level) : level;
  const description = say(`v${latest.version}`, formatBytes(latest.bytes), ...shortLevel(shown));
  const about = dataset.description === '' ? '' : `${escapeMarkdown(dataset.description)}\n\n`;
  return {
    id: dataset.name,
    label: dataset.name,
    description,
    icon: levelIcon(level),
    ...levelColor(level),
    tooltip: about + versionTooltip(latest, shown, 'latest', now),
    spoken: `Dataset ${dataset.name}, ${say(`newest version ${latest.version}`, formatBytes(latest.bytes), levelWords(shown))}`,
    context: `dataset.${levelContext(level)}`,
    expandable: true,
  };
}

/** The level without what changes while it fills. */
function stillOf(level: Level): Level {
  return level.kind === 'filling' ? { ...level, percent: null, job: undefined } : level;
}
