import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lake } from '../../lake/lake.ts';
import { datasetLog } from '../log/kinds.ts';
import { readLog, readRecord } from '../log/log.ts';
import { reserved } from '../manifest/path.ts';
import { keyOf } from '../names.ts';
import type { PackedChunk } from '../pack/messages.ts';
import { unwritable, writeReserved } from '../workingCopy/workingCopy.ts';

/** An uploaded pack, and what it holds: files or pieces of them. */
export interface JournalPack {
  dataset: string;
  pack: string;
  /** Of the object, bytes. */
  size: number;
  contents: PackedChunk[];
}

const headsAtOnce = 16;
const journalFile = (folder: string) => join(folder, reserved, 'uploaded');

/** Notes a pack that is in the lake, so that an attempt after this one need not send it again. Throws `no-space`, `file-unreadable`. */
export async function noteUploaded(folder: string, pack: JournalPack): Promise<void> {
  // Begins a line of its own: a crash may have cut the last one short.
  await appendFile(journalFile(folder), `\n${JSON.stringify(pack)}\n`).catch((error) => {
    throw unwritable(journalFile(folder), error);
  });
}

export async function forgetUploaded(folder: string): Promise<void> {
  await rm(journalFile(folder), { force: true }).catch((error) => {
    // Something else stands in place of `.forebay/`: then there is no journal.
    if (error.code !== 'ENOTDIR') throw error;
  });
}

/** Before packs are deleted: no later attempt finds them any more, however late a deletion arrives. */
export async function forgetPacks(folder: string, gone: (key: string) => boolean): Promise<void> {
  const noted = await readNoted(folder);
  const left = noted.filter(({ dataset, pack }) => !gone(keyOf.pack(dataset, pack)));
  if (left.length === 0) return forgetUploaded(folder);
  if (left.length === noted.length) return;
  const lines = left.map((pack) => `${JSON.stringify(pack)}\n`).join('');
  await writeReserved(folder, journalFile(folder), Buffer.from(lines));
}

/** Packs of earlier attempts that still are in the lake, and that nobody has named as garbage. */
export async function readUploaded(
  lake: Lake,
  folder: string,
  dataset: string,
  signal: AbortSignal,
): Promise<JournalPack[]> {
  const noted = await readNoted(folder);
  if (noted.length === 0) return [];
  const collected = await collectedObjects(lake, dataset, signal);
  const candidates = noted.filter(
    ({ dataset: id, pack }) => id === dataset && !collected.has(`packs/${pack}.tar`),
  );
  const there: JournalPack[] = [];
  const check = async () => {
    for (let next = candidates.pop(); next; next = candidates.pop()) {
      if ((await lake.head(keyOf.pack(dataset, next.pack), { signal })) === next.size) there.push(next);
    }
  };
  await Promise.all(Array.from({ length: headsAtOnce }, check));
  return there;
}

async function readNoted(folder: string): Promise<JournalPack[]> {
  const text = await readFile(journalFile(folder), 'utf8').catch(() => '');
  return text.split('\n').flatMap(parseLine);
}

/** The last line may have been cut short by a crash. */
function parseLine(line: string): JournalPack[] {
  if (line === '') return [];
  try {
    const pack = JSON.parse(line);
    return Array.isArray(pack.contents) ? [pack] : [];
  } catch {
    return [];
  }
}

async function collectedObjects(lake: Lake, dataset: string, signal: AbortSignal): Promise<Set<string>> {
  const log = keyOf.log(dataset);
  const { collects } = await readLog(lake, log, datasetLog, signal);
  const records = await Promise.all(collects.map((seq) => readRecord(lake, log, datasetLog, seq, signal)));
  return new Set(records.flatMap((record) => (record?.kind === 'collect' ? record.objects : [])));
}
