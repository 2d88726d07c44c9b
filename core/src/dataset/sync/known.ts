import type { Lake } from '../../lake/lake.ts';
import type { FileEntry } from '../entry.ts';
import { Learned } from '../learned/learned.ts';
import type { Root } from '../manifest/root.ts';
import { packBytes, wholeFileMost } from '../pack/plan.ts';
import { FolderRows } from '../recorded/folderRows.ts';
import { RecordedIndex } from '../recorded/read.ts';
import type { FolderState } from './compareFolder.ts';
import { ContentTable } from './contentTable.ts';
import type { DamagedPacks } from './damaged.ts';
import type { JournalPack } from './journal.ts';
import { pairWithParent } from './pairs.ts';

/** What the lake has already and need not be sent again. */
export interface KnownContents {
  /** Of whole files. */
  contents: ContentTable;
  /** Of pieces of large files. */
  chunks: ContentTable;
  /** Sizes of large files that are there, but not in pieces that could be found by their hashes. */
  inOnePiece: Set<number>;
  /** Packs that an interrupted sync has sent, with their sizes in bytes. */
  earlier: Map<string, number>;
}

/**
 * Gathers contents of the parent version and of an interrupted sync that the files to be read may have.
 * Where little is to be read, only those pages of the parent are looked at in which something changed: enough for what
 * was moved; what was copied is sent again, which costs less than to read all of a large manifest.
 */
export async function gatherKnown(options: {
  lake: Lake;
  datasetId: string;
  parent: Root | undefined;
  /** The folder is recorded as the parent. */
  recorded: boolean;
  folder: FolderState;
  /** What lies in them counts as absent. */
  damaged: DamagedPacks;
  /** The folder's rows. */
  index: string;
  uploaded: JournalPack[];
  signal: AbortSignal;
}): Promise<KnownContents> {
  const { lake, datasetId, parent, recorded, damaged, folder, index, uploaded, signal } = options;
  const known: KnownContents = {
    contents: new ContentTable(),
    chunks: new ContentTable(),
    inOnePiece: new Set(),
    earlier: new Map(),
  };
  if (parent && (folder.unread.files > 0 || !recorded)) {
    const rows = RecordedIndex.openUnfinished(index);
    try {
      const pairs = pairWithParent({
        lake,
        datasetId,
        parent,
        rows: new FolderRows(rows),
        recorded: recorded && folder.unread.bytes < packBytes,
        learned: new Learned(lake, datasetId, signal),
        signal,
      });
      for await (const some of pairs) {
        for (const pair of some)
          if (pair.is === 'pair' && pair.before?.kind === 'file' && !damaged.hit(pair.before))
            note(pair.before, known);
      }
    } finally {
      rows.close();
    }
  }
  for (const { pack, size, contents } of uploaded) {
    known.earlier.set(pack, size);
    for (const { sha256, offset, length, codec, size } of contents) {
      const part = { pack, offset, length, codec, size };
      known.contents.add(sha256, [part]);
      known.chunks.add(sha256, [part]);
    }
  }
  return known;
}

function note({ sha256, size, parts }: FileEntry, known: KnownContents): void {
  if (sha256 !== null) known.contents.add(sha256, parts);
  if (size <= wholeFileMost) return;
  let inPieces = true;
  for (const part of parts) {
    if ('pack' in part && part.sha256 !== undefined) known.chunks.add(part.sha256, [part]);
    else inPieces = false;
  }
  if (!inPieces) known.inOnePiece.add(size);
}
