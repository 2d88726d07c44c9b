/** Forebay beside its peers: `npm run bench -- --help` says how. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { removeTree, root } from '../support/home.ts';
import { alone } from './alone/alone.ts';
import { compare } from './compare.ts';
import { grow } from './grow.ts';
import { type Options, readOptions, usage } from './options.ts';
import { peers } from './peers/index.ts';
import { type Results, withAlone, withComparison } from './report/results.ts';
import { readResults, writeResults } from './report/write.ts';
import { Store } from './store.ts';

async function measure(options: Options, before: Results): Promise<Results> {
  const at = await mkdtemp(join(tmpdir(), 'fb-bench-'));
  // Homes and the store's files too, so that one folder is all there is to remove.
  process.env.TMPDIR = at;
  removeOnSignal(at);
  const settings = {
    ...options,
    peers: peers.filter(({ id }) => options.peers.includes(id)),
    profile: options.profile ? join(root, '.cache', 'bench', 'profile') : null,
  };
  try {
    const store = await Store.start(options.link);
    try {
      if (options.growth) return { ...before, growth: await grow(options.growth, settings, store, at) };
      if (options.alone) {
        const { id, size } = options.alone;
        return withAlone(before, await alone(id, size, store, at));
      }
      const made = await compare(settings, store, at);
      if (made.failed.length > 0) process.exitCode = 1;
      return withComparison(before, made);
    } finally {
      await store.stop();
    }
  } finally {
    await removeTree(at);
  }
}

/** On Ctrl-C servers and daemons end with this process; then nothing writes there any more. */
function removeOnSignal(folder: string): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
      process.exit(1);
    });
  }
}

async function main(args: string[]): Promise<void> {
  if (args.includes('--help')) return console.log(usage);
  if (process.platform !== 'linux')
    throw new Error('The benchmark reads /proc and runs GNU tools: Linux only.');
  const options = readOptions(args);
  const folder = resolve(root, options.out);
  const before = await readResults(folder);
  const results = options.render ? before : await measure(options, before);
  const page = await writeResults(folder, results);
  if (options.show) console.log(`\n${page}`);
  console.log(`Written to ${options.out}/bench.md, bench.json and the charts beside them.`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
