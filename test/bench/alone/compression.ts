import { mkdirSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Home, newHome, program } from '../../support/home.ts';
import { median } from '../report/statistics.ts';
import type { Setting } from './setting.ts';
import { type Synced, timedSync } from './sync.ts';

const rounds = 5;

/**
 * Tables as text, synced by the program and by the same program that never compresses. (Bytes that don't shrink are no
 * measure: SeaweedFS itself compresses what does, and takes longer for it.)
 */
export const compression = (lake: Setting['lake']): Setting => ({
  title: (files) =>
    `${files} tables of 90 KB as CSV, with and without compression, lake ${lake === 'store' ? 'on S3 (SeaweedFS)' : 'in a folder'}`,
  lake,
  async run(machine, work, files) {
    const { url } = (await machine.home.json<{ lake: { url: string } }>('status')).lake;
    const folder = await mkdtemp(join(tmpdir(), 'fb-plain-'));
    const { FOREBAY_HOME: _, XDG_RUNTIME_DIR: __, ...env } = machine.home.env;
    const plain = await newHome(env, await withoutCompression(folder));
    const made: Record<'packed' | 'plain', Synced[]> = { packed: [], plain: [] };
    try {
      await plain.json('up', '--stay', '--lake', `${url}-plain`);
      for (let round = 0; round < rounds; round++) {
        const tables = Array.from({ length: files }, (_, at) => table(round * files + at));
        const pair = [
          ['packed', machine.home],
          ['plain', plain],
        ] as const;
        // In turn, who comes first too.
        for (const [kind, home] of round % 2 ? pair.toReversed() : pair) {
          made[kind].push(await syncNew(home, join(work, `${kind}${round}`), tables));
        }
      }
    } finally {
      await plain.remove();
      await rm(folder, { recursive: true });
    }
    const of = (kind: keyof typeof made, what: (synced: Synced) => number) => median(made[kind].map(what));
    const seconds = ({ seconds }: Synced) => seconds;
    const sent = ({ uploadedBytes }: Synced) => uploadedBytes;
    const times = of('packed', seconds) / of('plain', seconds);
    return [
      { title: 'sync that never compresses', value: of('plain', seconds), unit: 'seconds', most: null },
      { title: 'sync that compresses what pays', value: of('packed', seconds), unit: 'seconds', most: null },
      { title: 'how many times as long', value: times, unit: 'times', most: 1.05 },
      { title: 'uploaded without compression', value: of('plain', sent), unit: 'bytes', most: null },
      { title: 'uploaded with it', value: of('packed', sent), unit: 'bytes', most: null },
    ];
  },
});

/** The bundle, in which nothing is worth compressing; its path. */
async function withoutCompression(folder: string): Promise<string> {
  const bundle = join(folder, 'bundle');
  await cp(dirname(program), bundle, { recursive: true });
  let changed = 0;
  for (const name of await readdir(bundle)) {
    const text = await readFile(join(bundle, name), 'utf8');
    const next = text.replaceAll(/(\bcompress\(path\d*,content\d*\)\{)/g, '$1return;');
    if (next === text) continue;
    changed++;
    await writeFile(join(bundle, name), next);
  }
  if (changed !== 1) throw new Error(`${changed} files of the bundle compress, not one.`);
  return join(bundle, basename(program));
}

async function syncNew(home: Home, folder: string, contents: readonly Buffer[]): Promise<Synced> {
  mkdirSync(folder);
  for (const [at, content] of contents.entries()) writeFileSync(join(folder, `${at}.csv`), content);
  const name = `bench-${basename(folder)}`;
  await home.json('-C', folder, 'data', 'init', name);
  const synced = await timedSync({ home }, folder);
  const { ok } = await home.json<{ ok: boolean }>('data', 'verify', name);
  if (!ok) throw new Error(`${name} can't be read again.`);
  return synced;
}

/** What a fleet of sensors said, the same for the same number. */
function table(seed: number): Buffer {
  let state = seed + 1;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const rows = Array.from({ length: 1600 }, (_, row) => {
    const time = new Date(1_700_000_000_000 + row * 60_000).toISOString();
    const values = [(20 + random() * 10).toFixed(3), (40 + random() * 20).toFixed(2)];
    return [seed * 1600 + row, time, `s${Math.floor(random() * 200)}`, ...values, 'ok'].join(',');
  });
  return Buffer.from(`id,time,sensor,temperature,humidity,status\n${rows.join('\n')}\n`);
}
