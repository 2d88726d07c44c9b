import type { Sample, Work } from '../../measure/sample.ts';
import { growthWorks } from '../growth.ts';
import type { Growth } from '../results.ts';
import { formatSeconds, grouped } from '../rows.ts';
import { medianOf } from '../statistics.ts';
import { barChart } from './barChart.ts';
import { lineChart, type Series } from './lineChart.ts';

const groups: { work: Work; title: string; others: [peer: string, title: string][] }[] = [
  {
    work: 'sync',
    title: 'Sync to S3',
    others: [
      ['raw', '64 MiB objects'],
      ['restic', 'restic backup'],
      ['s5cmd', 's5cmd cp'],
      ['dvc', 'DVC add + push'],
    ],
  },
  {
    work: 'fill',
    title: 'Fill from S3, every file hashed',
    others: [
      ['tar', 'tar x from memory'],
      ['restic', 'restic restore'],
      ['s5cmd', 's5cmd cp'],
      ['dvc', 'DVC pull'],
    ],
  },
  { work: 'next', title: 'Fill the next version, 1% changed', others: [['cp', 'cp -al']] },
  {
    work: 'unchanged',
    title: 'Sync with nothing changed',
    others: [
      ['find', 'find -printf'],
      ['restic', 'restic backup'],
      ['dvc', 'DVC add + push'],
    ],
  },
];

/** Times of whole commands, Forebay's first in each group; what wasn't measured is left out. */
export function comparisonChart(title: string, samples: readonly Sample[]): string | undefined {
  const found = groups.flatMap(({ work, title: name, others }) => {
    const bars = [['forebay', 'Forebay'] as const, ...others].flatMap(([peer, barTitle]) => {
      const value = medianOf(samples, { work, peer, figure: 'seconds' });
      const ours = peer === 'forebay';
      return Number.isNaN(value) ? [] : [{ title: barTitle, value, label: formatSeconds(value), ours }];
    });
    return bars.length > 0 ? [{ title: name, bars }] : [];
  });
  return found.length > 0 ? barChart(title, 'seconds', found, String) : undefined;
}

const files = { title: 'files', tick: grouped };

/** Seconds against the number of files. */
export function growthChart({ steps }: Growth): string {
  const series = growthWorks.map(({ work, figure, title }) => ({
    title,
    points: steps.flatMap((step) =>
      pointOf(step.files.count, medianOf(step.samples, { work, figure, peer: 'forebay' })),
    ),
  }));
  return lineChart(
    'Seconds against the number of files',
    { x: files, y: { title: 'seconds', tick: String } },
    drawn(series),
  );
}

/** The daemon's highest memory against the number of files. */
export function memoryChart({ steps }: Growth): string {
  const series = (['sync', 'fill', 'next'] as const).map((work) => ({
    title: work === 'next' ? 'fill, 1% changed' : work,
    points: steps.flatMap((step) =>
      pointOf(step.files.count, medianOf(step.samples, { work, figure: 'daemon', peer: 'forebay' }) / 1e6),
    ),
  }));
  return lineChart(
    'Highest memory of the daemon against the number of files',
    { x: files, y: { title: 'MB of the daemon, at most', tick: String } },
    drawn(series),
  );
}

function pointOf(x: number, y: number) {
  return Number.isNaN(y) ? [] : [{ x, y }];
}

const drawn = (series: Series[]) => series.filter(({ points }) => points.length > 0);
