import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lake } from '../../lake/lake.ts';
import { datasetLog } from '../log/kinds.ts';
import { readLog, readRecord } from '../log/log.ts';
import { reserved } from '../manifest/path.ts';
import { keyOf } from '../names.ts';
import type { Found } from '../scan/tree.ts';

/** A file in an uploaded pack: `[path, size, mtime, ctime, inode, sha256, offset]`, its stats as they were when read. */
type JournalFile = [string, number, number, number, number, string, number];

export interface JournalPack {
  dataset: string;
  pack: string;
  /** Of the object, bytes. */
  size: number;
  files: JournalFile[];
}

const headsAtOnce = 16;
const journalFile = (folder: string) => join(folder, reserved, 'uploaded');

export function journalLine(found: Found, sha256: string, offset: number): JournalFile {
  return [found.path, found.size, found.mtime, found.ctime, found.inode, sha256, offset];
}

/** Notes a pack that is in the lake, so that an attempt after this one need not send it again. */
export async function noteUploaded(folder: string, pack: JournalPack): Promise<void> {
  await appendFile(journalFile(folder), `${JSON.stringify(pack)}\n`);
}

export async function forgetUploaded(folder: string): Promise<void> {
  await rm(journalFile(folder), { force: true }).catch((error) => {
    // Something else stands in place of `.forebay/`: then there is no journal.
    if (error.code !== 'ENOTDIR') throw error;
  });
}

/** Packs of earlier attempts that still are in the lake, and that nobody has named as garbage. */
export async function readUploaded(lake: Lake, folder: string, dataset: string): Promise<JournalPack[]> {
  const text = await readFile(journalFile(folder), 'utf8').catch(() => '');
  const noted = text.split('\n').flatMap(parseLine);
  if (noted.length === 0) return [];
  const collected = await collectedObjects(lake, dataset);
  const candidates = noted.filter(
    ({ dataset: id, pack }) => id === dataset && !collected.has(`packs/${pack}.tar`),
  );
  const there: JournalPack[] = [];
  const check = async () => {
    for (let next = candidates.pop(); next; next = candidates.pop()) {
      if ((await lake.head(keyOf.pack(dataset, next.pack))) === next.size) there.push(next);
    }
  };
  await Promise.all(Array.from({ length: headsAtOnce }, check));
  return there;
}

/** The last line may have been cut short by a crash. */
function parseLine(line: string): JournalPack[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

async function collectedObjects(lake: Lake, dataset: string): Promise<Set<string>> {
  const log = keyOf.log(dataset);
  const { collects } = await readLog(lake, log, datasetLog);
  const records = await Promise.all(collects.map((seq) => readRecord(lake, log, datasetLog, seq)));
  return new Set(records.flatMap((record) => (record?.kind === 'collect' ? record.objects : [])));
}
