import type { FileChange } from '../../src/api/schemas.ts';
import type { Client } from '../../src/client/client.ts';

export interface FileChanges {
  items: FileChange[];
  /** Where earlier ones go on; null: there are none. */
  next: string | null;
}

export interface LookOptions {
  signal?: AbortSignal;
  /** Told how many versions were looked into so far, while none of them changed the file. */
  onLooked?: (versions: number) => void;
}

/** Versions that are looked into with one question. */
const atATime = 100;

/** The next changes of a file, newest first, from a page's `next` on; versions that left it as it was are passed over. */
export async function nextChanges(
  { versions }: Pick<Client, 'versions'>,
  { dataset, path }: { dataset: string; path: string },
  from: string | null,
  { signal, onLooked }: LookOptions = {},
): Promise<FileChanges> {
  let cursor = from;
  for (let looked = atATime; ; looked += atATime) {
    const request = { limit: atATime, ...(cursor === null ? {} : { cursor }) };
    const page = await versions.fileHistory(dataset, path, request, signal);
    if (page.items.length > 0 || page.next === null) return page;
    cursor = page.next;
    onLooked?.(looked);
  }
}
