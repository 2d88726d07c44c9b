import type { Sample, Work } from '../measure/sample.ts';
import { inFolder, type Line, onStore } from './goals.ts';
import { growthWorks } from './growth.ts';
import type { Machine } from './machine.ts';
import type { Alone, AloneLine, Comparison, Growth, Results } from './results.ts';
import { formatFigure, formatGoal, formatRatio, grouped, type Row, rowsOf } from './rows.ts';
import { medianOf } from './statistics.ts';

/** The page that shows all results; `charts` are the names of the files beside it. */
export function renderPage(
  results: Results,
  charts: { comparison: (setting: string) => string; growth: string[] },
): string {
  const parts = results.comparisons.map((each) => renderComparison(each, charts.comparison(each.setting)));
  const growth = results.growth ? [renderGrowth(results.growth, charts.growth)] : [];
  const intro = `# Beside the peers

Made by \`npm run bench\`, one run a section: everybody in turn on one machine, which the store shares; disks flushed before each timed step, every result compared with its source byte for byte. Figures are medians of the rounds; in brackets the least and the most of the rounds. All figures as they were measured: [bench.json](bench.json).`;
  return `${[intro, ...parts, ...growth, ...results.alone.map(renderAlone)].join('\n\n')}\n`;
}

export function renderComparison(comparison: Comparison, chart: string): string {
  const { samples, missing, failed, machine, when } = comparison;
  const lines = (all: Line[]) => (isJudged(comparison) ? all : all.map(unjudged));
  const memory = renderMemory(samples);
  return [
    `## ${titleOf(comparison)}`,
    `![Times of Forebay and its peers](${chart})`,
    ...section('On S3 (SeaweedFS):', renderRows(rowsOf(samples, 'forebay', lines(onStore)))),
    ...section(
      'With the lake in a folder:',
      renderRows(rowsOf(samples, 'forebay-directory', lines(inFolder))),
    ),
    ...section('Peak memory of all processes of each:', memory),
    ...missing.map(({ peer, reason }) => `Not measured: ${peer}. ${reason}`),
    ...failed.map(({ peer, reason }) => `Failed: ${peer}. ${reason}`),
    `${describeMachine(machine, when)} ${[...new Set(versionsOf(comparison))].join('; ')}.`,
  ].join('\n\n');
}

/** Who took part in fewer rounds than the others is named so. */
const versionsOf = ({ versions, samples, rounds }: Comparison): string[] =>
  versions.map(({ peer, version }) => {
    const took = new Set(samples.filter((sample) => sample.peer === peer).map(({ round }) => round)).size;
    return took === 0 || took === rounds ? version : `${version} (${took} of ${rounds} rounds)`;
  });

/** The design sets its ratios for many small files on the same machine; a link is as fast for one as for the other. */
const isJudged = ({ files, link }: Comparison) => link === null && files.max <= 16_000;

const unjudged = (line: Line): Line =>
  line.goal.is === 'at most' || line.work === 'diff' ? line : { ...line, goal: { is: 'none' } };

/** Nothing where nothing was measured. */
const section = (title: string, table: string | undefined) => (table === undefined ? [] : [title, table]);

export function titleOf({ files, bytes, link, rounds }: Comparison): string {
  const size = files.min === files.max ? spell(files.min) : `${spell(files.min)} to ${spell(files.max)}`;
  const over = link
    ? ` over a link of ${link.roundTrip} ms and ${link.bitsPerSecond / 1e9} Gb/s (its process alone passes ${(link.unlimitedBitsPerSecond / 1e9).toFixed(0)} Gb/s)`
    : '';
  const times = rounds === 1 ? 'one round' : `${rounds} rounds`;
  return `${grouped(files.count)} files of ${size}, ${formatFigure('bytes', bytes)}${over}, ${times}`;
}

const spell = (bytes: number) => `${grouped(bytes / 1000)} KB`;

export function renderRows(rows: Row[]): string | undefined {
  if (rows.length === 0) return undefined;
  let before = '';
  const lines = rows.map((row) => {
    const { line, ours, other, met } = row;
    // The same work beside the next peer: named once.
    const title = line.title === before ? '' : `${line.title} | ${formatFigure(line.figure, ours)}`;
    before = line.title;
    const beside =
      line.beside === null
        ? ''
        : `${line.beside.title}${other ? `, ${formatFigure(line.beside.figure, other.median)}` : ''}`;
    const ratio = other ? formatRatio(line.goal, other.ratio) : other === undefined ? 'not measured' : '';
    const verdict = met === null ? '' : met ? 'met' : '**missed**';
    return `| ${title || ' | '} | ${beside} | ${ratio} | ${formatGoal(line.goal, line.figure)} | ${verdict} |`;
  });
  return ['| work | Forebay | beside | ratio | must reach | |', '|---|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}

const peerTitles: Record<string, string> = {
  forebay: 'Forebay',
  s5cmd: 's5cmd',
  dvc: 'DVC',
  restic: 'restic',
  'forebay-directory': 'Forebay, lake in a folder',
};

function renderMemory(samples: readonly Sample[]): string | undefined {
  const columns: Work[] = ['sync', 'fill', 'unchanged', 'next'];
  const lines = Object.entries(peerTitles).flatMap(([peer, title]) => {
    const cells = columns.map((work) => medianOf(samples, { work, peer, figure: 'memory' }));
    if (cells.every(Number.isNaN)) return [];
    return [
      `| ${title} | ${cells.map((value) => (Number.isNaN(value) ? '' : formatFigure('memory', value))).join(' | ')} |`,
    ];
  });
  if (lines.length === 0) return undefined;
  return ['| | sync | fill | nothing changed | next version |', '|---|---|---|---|---|', ...lines].join('\n');
}

export function renderGrowth(growth: Growth, charts: string[]): string {
  const head = `| files | bytes | ${growthWorks.map(({ title }) => title).join(' | ')} | memory, sync | memory, fill |`;
  const lines = growth.steps.map(({ files, bytes, samples }) => {
    const times = growthWorks.map(({ work, figure }) => medianOf(samples, { work, figure, peer: 'forebay' }));
    const memory = (['sync', 'fill'] as const).map((work) =>
      medianOf(samples, { work, peer: 'forebay', figure: 'daemon' }),
    );
    const cells = [
      ...times.map((value) => (Number.isNaN(value) ? '' : formatFigure('seconds', value))),
      ...memory.map((value) => (Number.isNaN(value) ? '' : formatFigure('daemon', value))),
    ];
    return `| ${grouped(files.count)} | ${formatFigure('bytes', bytes)} | ${cells.join(' | ')} |`;
  });
  const rule = `|${'---|'.repeat(growthWorks.length + 4)}`;
  return [
    '## How cost grows with the number of files',
    ...charts.map((chart) => `![How Forebay grows](${chart})`),
    "Files of 1 to 2 KB on S3 (SeaweedFS); times are whole commands, that of the diff a request to the daemon; memory is the daemon's highest.",
    [head, rule, ...lines].join('\n'),
    `${describeMachine(growth.machine, growth.when)} ${growth.version}.`,
  ].join('\n\n');
}

export function renderAlone({ title, lines, machine, when, version }: Alone): string {
  const say = (value: number, unit: AloneLine['unit']) =>
    unit === 'times' ? `${value.toFixed(2)} times` : formatFigure(unit, value);
  const rows = lines.map(({ title, value, unit, most }) => {
    const verdict = most === null ? '' : value <= most ? 'met' : '**missed**';
    return `| ${title} | ${say(value, unit)} | ${most === null ? '' : `at most ${say(most, unit)}`} | ${verdict} |`;
  });
  return [
    `## ${title}`,
    ['| | measured | must reach | |', '|---|---|---|---|', ...rows].join('\n'),
    `${describeMachine(machine, when)} ${version}.`,
  ].join('\n\n');
}

function describeMachine(
  { processor, cores, memoryBytes, system, fileSystem, node }: Machine,
  when: string,
): string {
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  return `Measured on ${when.slice(0, 10)}: ${processor}, ${cores} cores, ${memory}, ${fileSystem}, ${system}, Node ${node.replace(/^v/, '')}.`;
}
