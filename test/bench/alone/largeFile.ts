import { createCipheriv } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { peakOf, resetPeak } from '../measure/memory.ts';
import { run } from '../measure/stopwatch.ts';
import type { ForebayMachine } from '../peers/forebay/machine.ts';
import type { Setting } from './setting.ts';
import { timedSync } from './sync.ts';

/** One file that is larger than any memory, and the same with a byte put before it. */
export const largeFile: Setting = {
  title: (bytes) => `One file of ${bytes} bytes, lake in a folder`,
  lake: 'folder',
  async run(machine, work, size) {
    const file = join(work, 'large.bin');
    writeStream(file, size);
    await machine.home.json('-C', work, 'data', 'init', 'bench');
    const first = await sync(machine, work, file);
    putByteBefore(file);
    const second = await sync(machine, work, file);
    return [
      { title: 'sync', value: first.seconds, unit: 'seconds', most: null },
      { title: 'memory of the daemon, sync', value: first.memory, unit: 'bytes', most: 512e6 },
      { title: 'sync with one byte put before it', value: second.seconds, unit: 'seconds', most: null },
      { title: 'uploaded for that', value: second.uploaded, unit: 'bytes', most: 64 * 2 ** 20 },
      { title: 'memory of the daemon, verify', value: second.verifyMemory, unit: 'bytes', most: 512e6 },
    ];
  },
};

/** Syncs, and proves that the lake holds the file's bytes: its hash is that of `sha256sum`, and reading it again gives it. */
async function sync(machine: ForebayMachine, work: string, file: string) {
  resetPeak(machine.pid);
  const said = await timedSync(machine, work);
  const memory = peakOf(machine.pid);
  const ref = `bench@v${said.version}`;
  const [listed] = await machine.home.json<{ sha256: string }[]>('data', 'ls', ref);
  const [expected] = (await run('sha256sum', [file])).split(' ');
  if (listed?.sha256 !== expected) throw new Error(`${ref} has ${listed?.sha256}, not ${expected}.`);
  resetPeak(machine.pid);
  const { ok } = await machine.home.json<{ ok: boolean }>('data', 'verify', ref);
  if (!ok) throw new Error(`${ref} can't be read again.`);
  return { seconds: said.seconds, memory, uploaded: said.uploadedBytes, verifyMemory: peakOf(machine.pid) };
}

const step = 2 ** 20;

/** A keystream, so that nothing in it compresses or comes twice. */
function writeStream(file: string, size: number): void {
  const stream = createCipheriv('aes-128-ctr', 'forebay bench 01', Buffer.alloc(16, 7));
  const zeros = Buffer.alloc(step);
  const handle = openSync(file, 'wx');
  for (let left = size; left > 0; left -= step) {
    writeSync(handle, stream.update(zeros.subarray(0, Math.min(left, step))));
  }
  closeSync(handle);
}

/** In place: the disk need not hold the file twice. */
function putByteBefore(file: string): void {
  const handle = openSync(file, 'r+');
  const block = Buffer.alloc(step);
  let carried = Buffer.from('!');
  for (let at = 0, ended = false; !ended; at += step) {
    const read = readSync(handle, block, 0, step, at);
    ended = read < step;
    const shifted = Buffer.concat([carried, block.subarray(0, read)]);
    writeSync(handle, ended ? shifted : shifted.subarray(0, step), 0, undefined, at);
    carried = shifted.subarray(step);
  }
  closeSync(handle);
}
