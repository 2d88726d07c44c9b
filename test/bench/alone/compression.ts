import { createCipheriv } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ForebayMachine } from '../peers/forebay/machine.ts';
import { median } from '../report/statistics.ts';
import type { Setting } from './alone.ts';
import { type Synced, timedSync } from './sync.ts';

const rounds = 5;

/**
 * Tables as text beside the same number of bytes that don't shrink, which are stored as they are: that tells what
 * compressing costs or saves.
 */
export const compression = (lake: Setting['lake']): Setting => ({
  title: (files) =>
    `${files} tables of 90 KB as CSV, beside as many bytes that don't shrink, lake ${lake === 'store' ? 'on S3 (SeaweedFS)' : 'in a folder'}`,
  lake,
  async run(machine, work, files) {
    const made: Record<'text' | 'noise', Synced[]> = { text: [], noise: [] };
    for (let round = 0; round < rounds; round++) {
      const tables = Array.from({ length: files }, (_, at) => table(round * files + at));
      const noise = noiseLike(tables, round);
      // In turn, who comes first too.
      const pair = [
        ['text', tables],
        ['noise', noise],
      ] as const;
      for (const [kind, contents] of round % 2 ? pair.toReversed() : pair) {
        made[kind].push(await syncNew(machine, join(work, `${kind}${round}`), contents));
      }
    }
    const of = (kind: keyof typeof made, what: (synced: Synced) => number) => median(made[kind].map(what));
    const seconds = ({ seconds }: Synced) => seconds;
    const sent = ({ uploadedBytes }: Synced) => uploadedBytes;
    return [
      { title: 'sync of what does not shrink', value: of('noise', seconds), unit: 'seconds', most: null },
      { title: 'sync of the tables', value: of('text', seconds), unit: 'seconds', most: null },
      {
        title: 'how many times as long',
        value: of('text', seconds) / of('noise', seconds),
        unit: 'times',
        most: 1.05,
      },
      { title: 'uploaded of what does not shrink', value: of('noise', sent), unit: 'bytes', most: null },
      { title: 'uploaded of the tables', value: of('text', sent), unit: 'bytes', most: null },
    ];
  },
});

async function syncNew(machine: ForebayMachine, folder: string, contents: readonly Buffer[]) {
  mkdirSync(folder);
  for (const [at, content] of contents.entries()) writeFileSync(join(folder, `${at}.csv`), content);
  const name = `bench-${folder.split('/').at(-1)}`;
  await machine.home.json('-C', folder, 'data', 'init', name);
  const synced = await timedSync(machine, folder);
  const { ok } = await machine.home.json<{ ok: boolean }>('data', 'verify', name);
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

function noiseLike(tables: readonly Buffer[], round: number): Buffer[] {
  const stream = createCipheriv('aes-128-ctr', 'forebay bench 02', Buffer.alloc(16, round));
  return tables.map(({ length }) => stream.update(Buffer.alloc(length)));
}
