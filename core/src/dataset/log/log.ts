import { ForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { encodeCheckpoint, parseCheckpoint } from './checkpoint.ts';

/** A log is numbered records, each written once by put-if-absent; its state follows from them in order. */
export interface LogKind<R extends { id: string }, S extends { seq: number }> {
  empty(): S;
  parse(json: unknown, key: string): R;
  /** Moves the state on by one record, in place. */
  apply(state: S, record: R, seq: number): void;
  /** Throws where this program must not go on. */
  check?(state: S): void;
}

/** A checkpoint holds the state after every 64th record. */
export const checkpointEvery = 64;
const readersAtOnce = 16;

interface Known<S> {
  state: S;
  lastId: string;
}

/** Records never change, so what was read once is read again only at its tail. */
const known = new WeakMap<Lake, Map<string, Known<{ seq: number }>>>();

/** The log's newest state; a private copy is never handed out, so callers must not change it. */
export async function readLog<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
): Promise<S> {
  const logs = known.get(lake) ?? new Map<string, Known<{ seq: number }>>();
  known.set(lake, logs);
  let held = logs.get(prefix) as Known<S> | undefined;
  if (held && !(await stillThere(lake, prefix, kind, held))) held = undefined;
  held ??= await readFromStart(lake, prefix, kind);
  logs.set(prefix, held);
  await followTail(lake, prefix, kind, held);
  kind.check?.(held.state);
  return held.state;
}

/** Guards against a lake that was deleted and made anew under the same address. */
async function stillThere<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  held: Known<S>,
): Promise<boolean> {
  if (held.state.seq === 0) return true;
  return (await readRecord(lake, prefix, kind, held.state.seq))?.id === held.lastId;
}

/** The tail is found by reading the next number until there is none; a listing is only a hint. */
async function followTail<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  held: Known<S>,
): Promise<void> {
  for (;;) {
    const seq = held.state.seq + 1;
    const record = await readRecord(lake, prefix, kind, seq);
    if (!record) return;
    advance(kind, held, record, seq);
  }
}

async function readFromStart<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
): Promise<Known<S>> {
  let newest = 0;
  const checkpoints: number[] = [];
  for await (const { key } of lake.list(prefix)) {
    const match = /(\d{10})\.(json|checkpoint)$/.exec(key);
    if (match?.[2] === 'json') newest = Math.max(newest, Number(match[1]));
    else if (match) checkpoints.push(Number(match[1]));
  }
  const held = (await readCheckpoint(lake, prefix, kind, checkpoints)) ?? { state: kind.empty(), lastId: '' };
  while (held.state.seq < newest) {
    const first = held.state.seq + 1;
    const batch = Array.from({ length: Math.min(readersAtOnce, newest - first + 1) }, (_, i) => first + i);
    const records = await Promise.all(batch.map((seq) => readRecord(lake, prefix, kind, seq)));
    for (const [i, record] of records.entries()) {
      if (!record) return held;
      advance(kind, held, record, first + i);
    }
  }
  return held;
}

async function readCheckpoint<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  numbers: number[],
): Promise<Known<S> | undefined> {
  for (const seq of numbers.sort((a, b) => b - a)) {
    const [bytes, record] = await Promise.all([
      lake.get(checkpointKey(prefix, seq)),
      readRecord(lake, prefix, kind, seq),
    ]);
    const state = bytes && parseCheckpoint(bytes, kind.empty());
    if (state?.seq === seq && record) return { state, lastId: record.id };
  }
  return undefined;
}

/** Two readers may share a state: each record moves it on once. */
function advance<R extends { id: string }, S extends { seq: number }>(
  kind: LogKind<R, S>,
  held: Known<S>,
  record: R,
  seq: number,
): void {
  if (held.state.seq !== seq - 1) return;
  kind.apply(held.state, record, seq);
  held.lastId = record.id;
}

export async function readRecord<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  seq: number,
): Promise<R | undefined> {
  const key = recordKey(prefix, seq);
  const bytes = await lake.get(key);
  if (!bytes) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString());
  } catch (cause) {
    throw new ForebayError('damaged', `The record ${key} in the lake isn't JSON.`, undefined, { cause });
  }
  return kind.parse(json, key);
}

/**
 * Appends the record that `decide` makes of the newest state; asked again each time another writer was first.
 * The record keeps its id, so that ours is known when an answer was lost.
 */
export async function appendRecord<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  decide: (state: S) => R | Promise<R>,
): Promise<{ record: R; seq: number }> {
  for (;;) {
    const state = await readLog(lake, prefix, kind);
    const seq = state.seq + 1;
    const record = await decide(state);
    if (await won(lake, prefix, kind, seq, record)) {
      if (seq % checkpointEvery === 0) await writeCheckpoint(lake, prefix, kind, seq);
      return { record, seq };
    }
  }
}

async function won<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  seq: number,
  record: R,
): Promise<boolean> {
  const body = Buffer.from(`${JSON.stringify(record)}\n`);
  try {
    if ((await lake.putIfAbsent(recordKey(prefix, seq), body)).created) return true;
  } catch (error) {
    const there = await readRecord(lake, prefix, kind, seq);
    if (!there) throw error;
    return there.id === record.id;
  }
  return (await readRecord(lake, prefix, kind, seq))?.id === record.id;
}

/** Optional for readers, so a failure to write one is none of the caller's business. */
async function writeCheckpoint<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  seq: number,
): Promise<void> {
  try {
    const state = await readLog(lake, prefix, kind);
    if (state.seq === seq) await lake.putIfAbsent(checkpointKey(prefix, seq), encodeCheckpoint(state));
  } catch {
    // The record is written; who reads the log may make the checkpoint's state from it.
  }
}

const recordKey = (prefix: string, seq: number) => `${prefix}${String(seq).padStart(10, '0')}.json`;
const checkpointKey = (prefix: string, seq: number) => `${prefix}${String(seq).padStart(10, '0')}.checkpoint`;
