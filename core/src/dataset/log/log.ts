import { setTimeout } from 'node:timers/promises';
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
const readersAtOnce = 64;

interface Known<S> {
  state: S;
  lastId: string;
}

/** Records never change, so what was read once is read again only at its tail. */
const known = new WeakMap<Lake, Map<string, Known<{ seq: number }>>>();

/** What was read of a log, as plain data that can be handed to a thread. */
export type LogSnapshot<S> = Known<S>;

/** What is known here of a log; undefined where it was never read. Asks nobody. */
export function snapshotOf<S extends { seq: number }>(
  lake: Lake,
  prefix: string,
): LogSnapshot<S> | undefined {
  return known.get(lake)?.get(prefix) as Known<S> | undefined;
}

/** Lets a reader go on where somebody else was, so that it reads only what is new. The snapshot is its own from now on. */
export function beginAt<S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  snapshot: LogSnapshot<S>,
): void {
  const logs = known.get(lake) ?? new Map<string, Known<{ seq: number }>>();
  known.set(lake, logs);
  if (!logs.has(prefix)) logs.set(prefix, snapshot);
}

/** The log's newest state; a private copy is never handed out, so callers must not change it. */
export async function readLog<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  signal?: AbortSignal,
): Promise<S> {
  const logs = known.get(lake) ?? new Map<string, Known<{ seq: number }>>();
  known.set(lake, logs);
  let held = logs.get(prefix) as Known<S> | undefined;
  if (held && !(await stillThere(lake, prefix, kind, held, signal))) held = undefined;
  held ??= await readFromStart(lake, prefix, kind, signal);
  logs.set(prefix, held);
  await followTail(lake, prefix, kind, held, signal);
  kind.check?.(held.state);
  return held.state;
}

/** Guards against a lake that was deleted and made anew under the same address. */
async function stillThere<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  held: Known<S>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (held.state.seq === 0) return true;
  return (await readRecord(lake, prefix, kind, held.state.seq, signal))?.id === held.lastId;
}

/** The tail is found by reading the next number until there is none; a listing is only a hint. */
async function followTail<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  held: Known<S>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (;;) {
    const seq = held.state.seq + 1;
    const record = await readRecord(lake, prefix, kind, seq, signal);
    if (!record) return;
    advance(kind, held, record, seq);
  }
}

async function readFromStart<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  signal: AbortSignal | undefined,
): Promise<Known<S>> {
  let newest = 0;
  const checkpoints: number[] = [];
  for await (const { key } of lake.list(prefix, { signal })) {
    const match = /(\d{10})\.(json|checkpoint)$/.exec(key);
    if (match?.[2] === 'json') newest = Math.max(newest, Number(match[1]));
    else if (match) checkpoints.push(Number(match[1]));
  }
  const held = (await readCheckpoint(lake, prefix, kind, checkpoints, signal)) ?? {
    state: kind.empty(),
    lastId: '',
  };
  while (held.state.seq < newest) {
    const first = held.state.seq + 1;
    const batch = Array.from({ length: Math.min(readersAtOnce, newest - first + 1) }, (_, i) => first + i);
    const records = await Promise.all(batch.map((seq) => readRecord(lake, prefix, kind, seq, signal)));
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
  signal: AbortSignal | undefined,
): Promise<Known<S> | undefined> {
  for (const seq of numbers.sort((a, b) => b - a)) {
    const [bytes, record] = await Promise.all([
      lake.get(checkpointKey(prefix, seq), { signal }),
      readRecord(lake, prefix, kind, seq, signal),
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
  signal?: AbortSignal,
): Promise<R | undefined> {
  const key = recordKey(prefix, seq);
  const bytes = await lake.get(key, { signal });
  if (!bytes) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString());
  } catch (cause) {
    throw new ForebayError('damaged', `The record ${key} in the lake isn't JSON.`, undefined, { cause });
  }
  return kind.parse(json, key);
}

/** Times that a request whose answer was lost, and that left nothing to be found, is sent again. */
const unknownMost = 3;
const unknownPause = 200;

/**
 * Appends the record that `decide` makes of the newest state; asked again each time another writer was first, and
 * only once it is certain that what was sent before never arrives: another's record stands at its number.
 * The record keeps its id, so that ours is known when an answer was lost. `signal` counts until the request is sent.
 * Throws what `decide` and the lake throw, and `lake-unreachable` where it can't be found out whether it arrived.
 */
export async function appendRecord<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  decide: (state: S) => R | Promise<R>,
  signal?: AbortSignal,
): Promise<{ record: R; seq: number }> {
  let sent: { seq: number; record: R } | undefined;
  for (let unknown = 0; unknown < unknownMost; ) {
    const state = await readLog(lake, prefix, kind, sent ? undefined : signal);
    let outcome = sent && (await outcomeOf(lake, prefix, kind, sent));
    if (!sent || outcome === 'lost') {
      const seq = state.seq + 1;
      sent = { seq, record: await decide(state) };
    }
    if (outcome !== 'won') outcome = await send(lake, prefix, kind, sent);
    if (outcome === 'won') {
      if (sent.seq % checkpointEvery === 0) await writeCheckpoint(lake, prefix, kind, sent.seq);
      return sent;
    }
    if (outcome === 'unknown') await setTimeout(unknownPause * unknown++);
  }
  throw new ForebayError(
    'lake-unreachable',
    `The lake ${lake.url} doesn't say whether a record arrived, again and again.`,
    'Try again when the store answers.',
  );
}

/** `lost` for good: a record is written once, so what stands at a number keeps all others out. */
type Outcome = 'won' | 'lost' | 'unknown';

async function send<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  sent: { seq: number; record: R },
): Promise<Outcome> {
  const body = Buffer.from(`${JSON.stringify(sent.record)}\n`);
  try {
    if ((await lake.putIfAbsent(recordKey(prefix, sent.seq), body)).created) return 'won';
  } catch (error) {
    const outcome = await outcomeOf(lake, prefix, kind, sent);
    if (outcome === 'unknown') throw error;
    return outcome;
  }
  return outcomeOf(lake, prefix, kind, sent);
}

async function outcomeOf<R extends { id: string }, S extends { seq: number }>(
  lake: Lake,
  prefix: string,
  kind: LogKind<R, S>,
  sent: { seq: number; record: R },
): Promise<Outcome> {
  const there = await readRecord(lake, prefix, kind, sent.seq);
  if (!there) return 'unknown';
  return there.id === sent.record.id ? 'won' : 'lost';
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

/** Where a log's record stands: ten digits, from 1. */
export const recordKey = (prefix: string, seq: number) => `${prefix}${String(seq).padStart(10, '0')}.json`;
const checkpointKey = (prefix: string, seq: number) => `${prefix}${String(seq).padStart(10, '0')}.checkpoint`;
