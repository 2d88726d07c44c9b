import { availableParallelism } from 'node:os';
import { ForebayError } from '../../api/errors.ts';
import { startThread } from '../../thread.ts';
import { BufferPool } from './bufferPool.ts';
import type { FileToPack, FromPacker, PackedFile, PackerData } from './messages.ts';
import { Pace } from './pace.ts';
import { Packer } from './packer.ts';
import { packBytes } from './plan.ts';
import { memberLength, trailer } from './tar.ts';

export interface PackWork {
  folder: string;
  batches: AsyncIterable<{ files: FileToPack[]; large: boolean }>;
  /** Of all files together, at most. */
  files: number;
  bytes: number;
  /** Whole files and chunks that the lake has: each a DigestSet. */
  known: SharedArrayBuffer;
  knownChunks: SharedArrayBuffer;
  /** How fast the lake may take what is sent, until that is measured; bytes a second. */
  pace: number;
}

export interface PackSink {
  /** Sends a pack to the lake; the buffer may be used again once it resolves. */
  upload(bytes: Uint8Array, packed: FromPacker & { type: 'pack' }): Promise<void>;
  hashed(files: PackedFile[]): void;
  /** A large file, and the hashes of its chunks in order. */
  cut(file: number, sha256: string, chunks: string[]): void;
  changed(files: number[]): void;
  progress(files: number, bytes: number): void;
  /** All has failed: uploads under way are to end. */
  abandon(): void;
}

/** Packs being filled and sent at once, and so this many times 64 MiB of memory. */
const buffersMost = 3;
const packersMost = 2;
/** Below this a thread costs more than it saves. */
const inlineFiles = 200;
const inlineBytes = 8 * 2 ** 20;

/**
 * Reads, hashes and packs files in threads while full packs are on their way to the lake.
 * When it resolves or throws, no thread runs and no upload is under way any more.
 */
export async function packFiles(work: PackWork, sink: PackSink, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const small = work.files <= inlineFiles && work.bytes <= inlineBytes;
  // One core is busy sending.
  const count = small ? 1 : Math.max(1, Math.min(packersMost, availableParallelism() - 1));
  const pace = new Pace(work.pace);
  const data: PackerData = {
    folder: work.folder,
    known: work.known,
    knownChunks: work.knownChunks,
    pace: pace.shared,
    cores: count,
  };
  const pool = new BufferPool(buffersMost, small ? inlineBuffer(work) : packBytes);
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  const stop = () => failure.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const uploads: Promise<void>[] = [];
  let over = false;
  const handle = (message: FromPacker): void => {
    if (over) return;
    switch (message.type) {
      case 'pack': {
        const bytes = new Uint8Array(message.buffer, 0, message.length);
        pace.begin(performance.now());
        const upload = sink.upload(bytes, message).then(() => {
          pace.end(message.length, performance.now());
          pool.give(message.buffer);
        });
        upload.catch(failure.reject);
        uploads.push(upload);
        break;
      }
      case 'hashed':
        sink.hashed(message.files);
        break;
      case 'cut':
        sink.cut(message.file, message.sha256, message.chunks);
        break;
      case 'return-buffer':
        pool.give(message.buffer);
        break;
      case 'changed':
        sink.changed(message.files);
        break;
      case 'progress':
        sink.progress(message.files, message.bytes);
        break;
      case 'unreadable':
        failure.reject(unreadable(message.path, message.reason));
        break;
    }
  };
  const start = small ? inlinePacker : threadPacker;
  const packers = Array.from({ length: count }, () => start(data, pool, handle, failure.reject));
  const batches = work.batches[Symbol.asyncIterator]();
  const serve = async (packer: RunningPacker) => {
    for (let next = await batches.next(); !next.done; next = await batches.next()) {
      await packer.run(next.value.files, next.value.large);
    }
  };
  try {
    await Promise.race([failure.promise, Promise.all(packers.map(serve))]);
    await Promise.race([failure.promise, Promise.all(uploads)]);
  } catch (error) {
    over = true;
    sink.abandon();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await Promise.all(packers.map((packer) => packer.end()));
    await Promise.allSettled(uploads);
  }
}

interface RunningPacker {
  run(files: FileToPack[], large: boolean): Promise<void>;
  end(): Promise<unknown>;
}

function threadPacker(
  data: PackerData,
  pool: BufferPool,
  handle: (message: FromPacker) => void,
  fail: (error: unknown) => void,
): RunningPacker {
  const thread = startThread('packer', data);
  let done = () => {};
  thread.on('error', fail);
  thread.on('exit', () => fail(new Error('A packer thread ended early.')));
  thread.on('message', async (message: FromPacker) => {
    if (message.type === 'done') done();
    else if (message.type === 'want-buffer') {
      const buffer = await pool.take();
      thread.postMessage({ type: 'buffer', buffer });
    } else handle(message);
  });
  return {
    run: (files, large) =>
      new Promise((resolve) => {
        done = resolve;
        thread.postMessage({ type: 'pack', files, large });
      }),
    end: () => thread.terminate(),
  };
}

function inlinePacker(
  data: PackerData,
  pool: BufferPool,
  handle: (message: FromPacker) => void,
): RunningPacker {
  const packer = new Packer(data, { send: handle, buffer: () => pool.take() });
  return { run: (files, large) => packer.pack(files, large), end: () => Promise.resolve() };
}

function inlineBuffer(work: PackWork): number {
  // Headers of the longest path (4,096 bytes, with its extended header) beside every file's content.
  return work.bytes + work.files * (memberLength('x'.repeat(4096), 0) + 512) + trailer;
}

function unreadable(path: string, reason: string): ForebayError {
  const why = reason === 'EACCES' || reason === 'EPERM' ? 'you may not read it' : reason;
  return new ForebayError(
    'file-unreadable',
    `The file ${JSON.stringify(path)} can't be read: ${why}.`,
    'Change its permissions or move it out of the folder, then sync again.',
  );
}
