import type { Figure, Work } from '../measure/sample.ts';

/** What Forebay must reach beside another, or by itself (seconds or bytes). */
export type Goal =
  | { is: 'at most times'; times: number }
  | { is: 'times faster'; times: number }
  | { is: 'at most'; value: number }
  | { is: 'none' };

export interface Beside {
  peer: string;
  title: string;
  /** The peer's figure of the same work. */
  figure: Figure;
}

/** One line of the table: what of Forebay is measured, beside whom, and what it must reach. */
export interface Line {
  title: string;
  work: Work;
  figure: Figure;
  beside: Beside | null;
  goal: Goal;
}

const none: Goal = { is: 'none' };
const atMostTimes = (times: number): Goal => ({ is: 'at most times', times });
const timesFaster = (times: number): Goal => ({ is: 'times faster', times });
const atMost = (value: number): Goal => ({ is: 'at most', value });

const milliseconds = 1 / 1000;
const megabytes = 1e6;

interface Ours {
  title: string;
  work: Work;
  figure: Figure;
}
const seconds = (peer: string, title: string): Beside => ({ peer, title, figure: 'seconds' });
const lines = (ours: Ours, others: [Beside | null, Goal][]): Line[] =>
  others.map(([beside, goal]) => ({ ...ours, beside, goal }));

const both = (title: string, work: Work, others: [Beside | null, Goal][]): Line[] => [
  ...lines({ title: `${title}: the whole command`, work, figure: 'seconds' }, others),
  ...lines({ title: `${title}: the daemon's job`, work, figure: 'inside' }, others.slice(0, 1)),
];

const resting: Line[] = [
  ...lines({ title: 'bundle start to first answer', work: 'start', figure: 'seconds' }, [
    [null, atMost(500 * milliseconds)],
  ]),
  ...lines({ title: 'hub at rest, memory', work: 'rest', figure: 'daemon' }, [
    [null, atMost(120 * megabytes)],
  ]),
];

/** Whatever the lake is. */
const shared: Line[] = [
  ...both('fill the next version, 1% changed', 'next', [
    [seconds('cp', 'cp -al of the tree'), atMostTimes(1.5)],
  ]),
  ...both('sync with nothing changed', 'unchanged', [
    [seconds('find', 'find -printf with size and time'), atMostTimes(2)],
    [seconds('restic', 'restic backup'), none],
    [seconds('dvc', 'DVC add + push'), none],
    [seconds('dvc-status', 'DVC status'), none],
  ]),
  ...lines({ title: 'sync of 1% changed', work: 'sync-next', figure: 'seconds' }, [[null, none]]),
  ...lines({ title: 'diff of neighbours, 100 changed: bytes read', work: 'diff', figure: 'bytes' }, [
    [{ peer: 'forebay', title: 'reading both manifests', figure: 'manifests' }, atMostTimes(0.01)],
  ]),
  ...lines(
    { title: 'diff of neighbours, 100 changed: request to the daemon', work: 'diff', figure: 'inside' },
    [[null, atMost(50 * milliseconds)]],
  ),
  ...lines({ title: 'diff of neighbours, 100 changed: the whole command', work: 'diff', figure: 'seconds' }, [
    [null, none],
  ]),
  ...lines({ title: 'mount of what is cached: call in a new kernel', work: 'mount', figure: 'inside' }, [
    [null, atMost(50 * milliseconds)],
  ]),
  ...lines({ title: 'mount of what is cached: the whole command', work: 'mount', figure: 'seconds' }, [
    [null, none],
  ]),
  ...lines(
    { title: 'status during a sync, 99th percentile of the answers', work: 'answer', figure: 'inside' },
    [[null, none]],
  ),
  ...(['sync', 'fill', 'next'] as const).flatMap((work) =>
    lines(
      { title: `memory of the daemon, ${work === 'next' ? 'next version' : work}`, work, figure: 'daemon' },
      [[null, atMost(512 * megabytes)]],
    ),
  ),
];

/** The table *What it must reach* of the design, with the lake on the store. */
export const onStore: Line[] = [
  ...lines({ title: 'sync to S3', work: 'sync', figure: 'seconds' }, [
    [seconds('raw', 'the same bytes as 64 MiB objects, put'), atMostTimes(1.25)],
    [seconds('s5cmd', 's5cmd cp'), timesFaster(5)],
    [seconds('dvc', 'DVC add + push'), timesFaster(15)],
    [seconds('restic', 'restic backup'), timesFaster(1.7)],
  ]),
  ...lines({ title: 'fill of an empty cache from S3, every file hashed', work: 'fill', figure: 'seconds' }, [
    [seconds('tar', 'tar x from memory'), atMostTimes(1)],
    [seconds('tar-flushed', 'tar x from memory, then flushed as a fill is'), none],
    [seconds('raw', 'the same bytes as 64 MiB objects, got'), none],
    [seconds('s5cmd', 's5cmd cp'), timesFaster(7)],
    [seconds('dvc', 'DVC pull'), timesFaster(25)],
    [seconds('restic', 'restic restore'), timesFaster(1.5)],
  ]),
  ...shared,
  ...resting,
];

/** The same with the lake in a folder. */
export const inFolder: Line[] = [
  ...lines({ title: 'sync to a lake in a folder', work: 'sync', figure: 'seconds' }, [
    [seconds('cp', 'cp -r'), none],
  ]),
  ...lines({ title: 'fill of an empty cache from a folder', work: 'fill', figure: 'seconds' }, [
    [seconds('tar', 'tar x from memory'), atMostTimes(1)],
    [seconds('tar-flushed', 'tar x from memory, then flushed as a fill is'), none],
  ]),
  ...shared.filter(({ beside }) => beside === null || !['restic', 'dvc', 'dvc-status'].includes(beside.peer)),
];
