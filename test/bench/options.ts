import { parseArgs } from 'node:util';
import type { FileSpec } from './data/files.ts';
import { type LinkSpec, parseLink } from './link/shape.ts';
import { type Work, works } from './measure/sample.ts';
import { peerIds } from './peers/ids.ts';
import type { Alone } from './report/results.ts';

export const usage = `npm run bench -- [OPTION]...     Forebay beside its peers, on this machine

  --files N          how many files (100,000 of 4 to 16 KB; above 200,000 they are of 1 to 2 KB)
  --size large       5,000 files of 400 KB instead
  --link 20ms,1Gbit  a link of that length and speed between everybody and the store
  --grow             Forebay alone at 1,000, 10,000, 100,000 and 627,615 files (--files N,N,... for others)
  --alone A          one promise by itself: history (1,000 versions), large-file (20 GB), tracking (2,000
                     calls beside MLflow's server), points (10,000,000 in one run), search (10,000 runs
                     beside MLflow's server), pages (10,000 runs in JupyterLab), live (15 points in two
                     windows of JupyterLab and of VS Code), editor (5 windows of VS Code), datasets (10,000
                     of them), files (100,000 in one folder), diff (627,615 files), compression,
                     compression-folder (2,500 tables); --alone history:50 is one of 50 versions
  --rounds N         3 unless said otherwise; the disk needs room for about 15 times the files each
  --quick            2,000 files, one round: to see that it works
  --peers A,B        only these: ${peerIds.join(', ')}
  --only A,B         only these: ${works.join(', ')}
  --profile          say where the daemon's time goes (slows it down)
  --write            into docs/ instead of the screen and .cache/bench
  --out DIR          into this folder
  --render           nothing is measured: tables and charts anew from what was`;

export interface Options {
  files: FileSpec;
  /** Name of this setting among the results; the same setting measured again replaces it. */
  setting: string;
  growth: number[] | null;
  alone: { id: Alone['id']; size: number } | null;
  link: LinkSpec | null;
  rounds: number;
  peers: string[];
  only: Work[];
  profile: boolean;
  /** Folder for tables, charts and figures, from the repository's root. */
  out: string;
  show: boolean;
  render: boolean;
}

const growthSteps = [1000, 10_000, 100_000, 627_615];

/** Throws an Error that says what is wrong with the command line. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      files: { type: 'string' },
      size: { type: 'string', default: 'small' },
      link: { type: 'string' },
      alone: { type: 'string' },
      grow: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      peers: { type: 'string' },
      only: { type: 'string' },
      profile: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      out: { type: 'string' },
      render: { type: 'boolean', default: false },
    },
  });
  const counts = values.files?.split(',').map((text) => positive(text, '--files')) ?? [];
  if (counts.length > 1 && !values.grow) throw new Error('More than one --files goes with --grow only.');
  if (values.write && values.profile)
    throw new Error('--profile slows down what it looks at: not for --write.');
  if (values.write && values.quick) throw new Error('--quick measures nothing worth writing down.');
  const files = filesOf(values.size, counts[0] ?? (values.quick ? 2000 : undefined));
  const usual = filesOf(values.size, undefined);
  return {
    files,
    setting: [values.size, files.count === usual.count ? '' : files.count, values.link ?? '']
      .filter((part) => part !== '')
      .join(' '),
    growth: values.grow ? (counts.length > 0 ? counts : growthSteps) : null,
    alone: values.alone === undefined ? null : aloneOf(values.alone),
    link: values.link === undefined ? null : parseLink(values.link),
    rounds: values.rounds ? positive(values.rounds, '--rounds') : values.quick || values.grow ? 1 : 3,
    peers: among(values.peers, '--peers', peerIds),
    only: among(values.only, '--only', works),
    profile: values.profile,
    out: values.out ?? (values.write ? 'docs' : '.cache/bench'),
    show: !values.write,
    render: values.render,
  };
}

const aloneSizes: Record<Alone['id'], number> = {
  datasets: 10_000,
  history: 1000,
  'large-file': 20e9,
  tracking: 2000,
  points: 10_000_000,
  search: 10_000,
  live: 15,
  pages: 10_000,
  editor: 5,
  files: 100_000,
  diff: 627_615,
  compression: 2500,
  'compression-folder': 2500,
};

function aloneOf(text: string): { id: Alone['id']; size: number } {
  const [name, size] = text.split(':');
  const [id] = among(name, '--alone', Object.keys(aloneSizes) as Alone['id'][]);
  if (id === undefined) throw new Error('--alone takes a name.');
  return { id, size: size === undefined ? aloneSizes[id] : positive(String(Number(size)), '--alone') };
}

/** Beyond this many, files are as small as it takes to fit the disk a few times. */
const many = 200_000;

function filesOf(size: string, count: number | undefined): FileSpec {
  if (size === 'large') return { count: count ?? 5000, min: 400_000, max: 400_000 };
  if (size !== 'small') throw new Error(`--size is small or large, not '${size}'.`);
  if ((count ?? 0) > many) return { count: count ?? 0, min: 1000, max: 2000 };
  return { count: count ?? 100_000, min: 4000, max: 16_000 };
}

/** Every step of the growth has files of one size, so that their number alone grows. */
export function growthFiles(count: number): FileSpec {
  return { count, min: 1000, max: 2000 };
}

function positive(text: string, option: string): number {
  const number = Number(text.replaceAll(/[,_]/g, ''));
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`${option} takes a number, not '${text}'.`);
}

function among<T extends string>(text: string | undefined, option: string, known: readonly T[]): T[] {
  if (text === undefined) return [...known];
  return text.split(',').map((name) => {
    const found = known.find((each) => each === name);
    if (found === undefined) throw new Error(`${option}: '${name}' is none of ${known.join(', ')}.`);
    return found;
  });
}
