import type { CacheStore, Dataset, LakeInfo, Run } from '@forebay/core/api/schemas';
import { formatAgo } from '@forebay/core/api/text/moment';
import { formatBytes } from '@forebay/core/api/text/units';
import { storeIcon } from '../caches/cacheRow.ts';
import { type Level, levelIcon, levelWords } from '../levels/level.ts';
import { runRow } from '../runs/runRow.ts';
import { escapeMarkdown, type Row, say } from '../tree/row.ts';
import { refOf } from '../tree/target.ts';

/** What is known of a person's Forebay, as far as the overview answers for it. */
export interface Known {
  lake: LakeInfo | null;
  caches: readonly CacheStore[];
  /** The dataset with the newest version, and how full the caches are of that version. */
  newest: Dataset | undefined;
  level: Level;
  /** Whether any version lies whole on a cache, and whether one was ever opened from there. */
  cached: boolean;
  mounted: boolean;
  run: Run | undefined;
  /** Whether any run was ever recorded, the archived ones too. */
  recorded: boolean;
  /** Whether the editor may read folders of this workspace. */
  trusted: boolean;
}

export type Part = 'lake' | 'cache' | 'newest' | 'run' | 'next';

/** From top to bottom: where versions live, what room there is, the newest of what is made, and what comes next. */
export function overviewOf(known: Known, now: number): [Part, Row][] {
  const rows: [Part, Row | undefined][] = [
    ['lake', lakeRow(known.lake)],
    ['cache', cacheSpaceRow(known.caches)],
    ['newest', newestRow(known, now)],
    ['run', latestRunRow(known.run, now)],
    ['next', nextRow(known)],
  ];
  return rows.flatMap(([part, row]) => (row === undefined ? [] : [[part, row] as [Part, Row]]));
}

/** Said above the rows to who has nothing yet. */
export function welcomeOf({ newest }: Known): string {
  if (newest) return '';
  return 'Folders become versions that never change, cached next to your compute.';
}

function lakeRow(lake: LakeInfo | null): Row {
  const where = lake === null ? 'none yet' : say(lake.url, lake.temporary && 'temporary');
  const about =
    lake === null
      ? 'Where versions are kept: a bucket or a folder.'
      : [
          'Where versions are kept.',
          lake.settled ? '' : 'Nobody chose it, and nothing is in it: another can take its place.',
          lake.temporary ? 'Temporary: a restart of this machine may empty it.' : '',
        ].join(' ');
  return {
    id: 'lake',
    label: 'Lake',
    description: where,
    icon: 'cloud',
    ...(lake?.temporary ? { color: 'list.warningForeground' } : {}),
    tooltip: [`**Lake** ${escapeMarkdown(where)}`, escapeMarkdown(about)].join('\n\n'),
    spoken: `Lake, ${where}`,
    context: 'overview.lake',
    expandable: false,
    command: 'forebay.app.setUp',
  };
}

function cacheSpaceRow(caches: readonly CacheStore[]): Row {
  const total = (key: 'used' | 'reserved' | 'capacity' | 'free') =>
    caches.reduce((sum, cache) => sum + cache[key], 0);
  const taken = total('used') + total('reserved');
  const away = caches.filter(({ reachable }) => !reachable).length;
  const description =
    caches.length === 0
      ? 'made by the first version that you cache'
      : say(
          `${formatBytes(taken)} used`,
          `${formatBytes(total('free'))} free`,
          away > 0 && `${away} unreachable`,
        );
  const label = caches.length > 1 ? `${caches.length} caches` : 'Cache';
  const share = total('capacity') === 0 ? 0 : (100 * taken) / total('capacity');
  const lines = caches.map(({ name, path, free }) => `${name}: ${formatBytes(free)} free, ${path}`);
  return {
    id: 'cache',
    label,
    description,
    icon: storeIcon(share),
    ...(away > 0 ? { color: 'list.warningForeground' } : {}),
    tooltip: [`**${label}** ${escapeMarkdown(description)}`, ...lines.map(escapeMarkdown)].join('\n\n'),
    spoken: `${label}, ${description}`,
    context: 'overview.cache',
    expandable: false,
    command: 'forebay.cache.open',
  };
}

function newestRow({ newest, level }: Known, now: number): Row | undefined {
  if (!newest?.latest) return undefined;
  const label = refOf({ dataset: newest.name, version: newest.latest.version });
  const about = say(
    levelWords(level),
    formatBytes(newest.latest.bytes),
    formatAgo(newest.latest.time, now),
    newest.latest.author,
  );
  return {
    id: 'newest',
    label,
    description: about,
    icon: levelIcon(level),
    tooltip: [`**${escapeMarkdown(label)}** newest version`, escapeMarkdown(about)].join('\n\n'),
    spoken: `Newest version ${label}, ${about}`,
    context: 'overview.newest',
    expandable: false,
    command: 'forebay.dataset.reveal',
  };
}

function latestRunRow(run: Run | undefined, now: number): Row | undefined {
  if (run === undefined) return undefined;
  return { ...runRow(run, now), id: 'run', context: 'overview.run', expandable: false };
}

/** The one next step of a person who has come this far; undefined where all were taken. */
function nextRow(known: Known): Row | undefined {
  const step = stepOf(known);
  if (step === undefined) return undefined;
  const [label, command, about] = step;
  return {
    id: `next ${label}`,
    label,
    description: 'next step',
    icon: 'arrow-right',
    color: 'textLink.foreground',
    tooltip: escapeMarkdown(about),
    spoken: `Next step: ${label}. ${about}`,
    context: 'overview.next',
    expandable: false,
    command,
  };
}

type Step = [label: string, command: string, about: string];

function stepOf({ lake, newest, level, cached, mounted, recorded, trusted }: Known): Step | undefined {
  if (lake === null)
    return ['Choose a lake', 'forebay.app.setUp', 'A bucket or a folder where versions are kept for good.'];
  if (!newest && !trusted) {
    const about = 'In Restricted Mode Forebay reads no folder of this workspace.';
    return ['Trust this workspace', 'workbench.trust.manage', about];
  }
  if (!newest)
    return ['Sync a folder', 'forebay.dataset.sync', 'Its files become a version that never changes.'];
  // What is under way is waited for.
  if (!cached && (level.kind === 'filling' || level.kind === 'queued')) return undefined;
  if (!cached) {
    const about = 'The whole version is put on the disk next to your compute, every file checked.';
    return ['Cache a version', 'forebay.version.cache', about];
  }
  if (!mounted) {
    const about = 'One line gives a notebook or a script the folder of the version.';
    return ['Insert mount code', 'forebay.notebook.insertMountCode', about];
  }
  if (!recorded && trusted) {
    const about = 'What `forebay run` starts is recorded with its data, output and metrics.';
    return ['Train with a record', 'forebay.experiment.start', about];
  }
  return undefined;
}
