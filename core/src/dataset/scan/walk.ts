import { setImmediate } from 'node:timers/promises';
import type { Control } from '../progress.ts';
import { type Listed, listFolder } from './list.ts';
import { pauser } from './pause.ts';
import { columns, type Run, runMost } from './run.ts';
import { statRun } from './stat.ts';
import { StatHelper } from './statHelper.ts';

/** Chunks, of a thousand names, that are looked at before the first is needed: the other thread takes its time to begin. */
const ahead = 32;

/**
 * What is in `folder`, run by run in path order, in memory that doesn't grow with the folder; `.forebay` at its top
 * and what is ignored (see `isLeftOut`) are left out. Throws `folder-unknown`, `name-not-utf8`, and `file-unreadable` for what can't be part of a version.
 */
export async function* walkFolder(folder: string, control: Control): AsyncGenerator<Run> {
  const counted = { files: 0, bytes: 0 };
  const pause = pauser(control.signal, () =>
    control.report({ phase: 'scanning', ...counted, filesTotal: null, bytesTotal: null }),
  );
  const helper = new StatHelper(folder);
  const lookAt = (chunk: Listed[]) => chunk.map((listed) => statRun(folder, listed));
  const waiting: { chunk: Listed[]; runs: Run[] | Promise<Run[] | undefined> }[] = [];
  const next = async () => {
    const { chunk, runs } = waiting.shift() as (typeof waiting)[number];
    const found = (await runs) ?? lookAt(chunk);
    for (const { names, stats } of found) {
      counted.files += names.length;
      for (let at = 0; at < names.length; at++) counted.bytes += stats[at * columns] as number;
    }
    return found;
  };
  try {
    for (const chunk of chunksOf(listFolder(folder))) {
      waiting.push({ chunk, runs: helper.stat(chunk) ?? lookAt(chunk) });
      if (waiting.length === ahead) yield* await next();
      // The helper's answers are heard only between two turns.
      await (pause() ?? setImmediate());
    }
    while (waiting.length > 0) yield* await next();
  } finally {
    await helper.close();
  }
}

/** Many small folders together. */
function* chunksOf(all: Iterable<Listed>): Generator<Listed[]> {
  let chunk: Listed[] = [];
  let names = 0;
  for (const listed of all) {
    chunk.push(listed);
    names += listed.names.length;
    if (names < runMost) continue;
    yield chunk;
    [chunk, names] = [[], 0];
  }
  if (chunk.length > 0) yield chunk;
}
