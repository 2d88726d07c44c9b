import type { Version } from '@forebay/core/api/schemas';
import { formatAge } from '@forebay/core/api/text/moment';
import { formatBytes, formatCount, formatDuration } from '@forebay/core/api/text/units';
import { type Level, levelContext, levelIcon, levelWords } from '../levels/level.ts';
import { levelLines } from '../levels/levelLines.ts';
import { escapeMarkdown, type Row, say } from '../tree/row.ts';
import { changeWords } from './changeWords.ts';

export function versionRow(version: Version, level: Level, latest: boolean, now: number): Row {
  const name = `${version.dataset}@v${version.version}`;
  const tags = [latest && 'latest', ...version.tags].filter(Boolean).join(', ');
  const age = formatAge(version.time, now);
  return {
    id: name,
    label: `v${version.version}`,
    description: say(...shortLevel(level), tags, age, version.author),
    icon: levelIcon(level),
    ...levelColor(level),
    tooltip: versionTooltip(version, level, tags, now),
    spoken: `Version ${version.version} of ${version.dataset}, ${say(levelWords(level), tags, age, version.author)}`,
    context: `version.${levelContext(level)}`,
    expandable: true,
  };
}

/** What a row says of its level beside the gauge: nothing where the gauge is empty. */
export function shortLevel(level: Level): string[] {
  switch (level.kind) {
    case 'lake':
      return [];
    case 'filling': {
      const left = level.job?.progress.secondsLeft;
      const rest = left === null || left === undefined ? [] : [`${formatDuration(left)} left`];
      return [level.percent === null ? 'filling' : `${level.percent}%`, ...rest];
    }
    case 'ready':
      return ['cached'];
    case 'part':
      return ['cached in part'];
    default:
      return [levelWords(level)];
  }
}

/** Shape and word say it already; colour only draws the eye to what went wrong. */
export function levelColor(level: Level): { color?: string } {
  return level.kind === 'failed' ? { color: 'list.errorForeground' } : {};
}

export function versionTooltip(version: Version, level: Level, tags: string, now: number): string {
  const name = escapeMarkdown(`${version.dataset}@v${version.version}`);
  const about = [
    `${formatBytes(version.bytes)} in ${formatCount(version.files, 'file')}`,
    changeWords(version),
  ];
  const groups = [
    [`**${name}** ${escapeMarkdown(tags)}`, escapeMarkdown(version.message)],
    [
      about.filter(Boolean).join('; '),
      escapeMarkdown(`${version.author}, ${new Date(version.time).toLocaleString()}`),
      `\`@sha256-${version.digest.replace('sha256:', '').slice(0, 12)}\``,
    ],
    levelLines(level, now),
  ];
  return groups.map((lines) => lines.filter(Boolean).join('  \n')).join('\n\n');
}
