import { ForebayError } from '../../api/errors.ts';
import { fileType } from '../../api/fileType.ts';
import type { Sample } from '../../api/schemas.ts';
import type { Lake } from '../../lake/lake.ts';
import { readContent } from '../content.ts';
import type { FileEntry } from '../entry.ts';
import type { Chosen } from './choose.ts';
import { imageHeader } from './imageHeader.ts';
import { tableHead } from './tableHead.ts';

/** Bytes: where a picture's header ends at the latest, mostly, and enough rows to reckon with. */
const headMost = { image: 32 * 2 ** 10, table: 64 * 2 ** 10 };
const atOnce = 8;

export interface ReadSample {
  sample: Sample;
  /** Files whose bytes weren't to be had, which may be otherwise later. */
  unread: number;
}

/** Looks into the chosen files, by ranges of their first bytes. Throws `cancelled` and what keeps the lake from being read. */
export async function readSample(
  lake: Lake,
  datasetId: string,
  { pictures, images, grid, tables }: Chosen,
  signal: AbortSignal,
): Promise<ReadSample> {
  let unread = 0;
  const head = async (file: FileEntry, most: number) => {
    const length = Math.min(most, file.size);
    if (length === 0) return new Uint8Array();
    try {
      return await readContent(lake, datasetId, file, { offset: 0, length }, signal);
    } catch (error) {
      // One that is damaged, changed or denied says nothing about the others.
      if (signal.aborted || ForebayError.from(error).status >= 500) throw error;
      unread++;
      return undefined;
    }
  };
  const headers = await eachOf(images, async (file) => {
    const bytes = await head(file, headMost.image);
    const header = bytes && imageHeader(bytes);
    return header ? [{ path: file.path, size: file.size, ...header }] : [];
  });
  const items = headers.flat();
  const failed = images.length - items.length;
  const sample = {
    images: pictures === 0 ? null : { of: pictures, read: items.length, failed, items },
    grid: grid.map(({ path, size }) => ({ path, size })),
    tables: await eachOf(tables, async (file) => {
      const { path, size } = file;
      const bytes = await head(file, headMost.table);
      if (!bytes) return { path, size, columns: [], rows: null, exact: false };
      const separator = fileType(path) === 'tsv' ? '\t' : ',';
      return { path, size, ...tableHead(new TextDecoder().decode(bytes), separator, bytes.length, size) };
    }),
  };
  return { sample, unread };
}

/** Some at once, as answers come. */
async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  let next = 0;
  const one = async () => {
    for (let at = next++; at < items.length; at = next++) done[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return done;
}
