import type { FileChange } from '../../src/api/schemas.ts';
import type { Client } from '../../src/client/client.ts';

export interface FileChanges {
  items: FileChange[];
  /** Where earlier ones go on; null: there are none. */
  next: string | null;
}

/** The next changes of a file, newest first, from a page's `next` on; versions that left it as it was are passed over. */
export async function nextChanges(
  { versions }: Pick<Client, 'versions'>,
  { dataset, path }: { dataset: string; path: string },
  from: string | null,
): Promise<FileChanges> {
  let cursor = from;
  for (;;) {
    const page = await versions.fileHistory(dataset, path, cursor === null ? {} : { cursor });
    if (page.items.length > 0 || page.next === null) return page;
    cursor = page.next;
  }
}
