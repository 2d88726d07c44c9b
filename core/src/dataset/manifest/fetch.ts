import { ForebayError } from '../../api/errors.ts';
import { Gate } from '../../lake/external/gate.ts';
import type { Lake } from '../../lake/lake.ts';
import { keyOf } from '../names.ts';
import { decompress, parseJson } from './codec.ts';
import { hashPage, type Page, type PageRef } from './page.ts';
import { pageFromJson } from './pageJson.ts';
import { recentOf } from './recent.ts';

/** Pages near each other in one object come by one request, up to this many bytes; a gap of this many is read over. */
const rangeMost = 2 * 2 ** 20;
const gapMost = 32 * 2 ** 10;
/** Pages are asked for in batches of so many bytes: few at first, since many who read want no more than the beginning. */
const batchFirst = 64 * 2 ** 10;
const batchGrowth = 4;
const batchPages = 2048;

export interface FetchedPage {
  ref: PageRef;
  page: Page;
}

/** The pages that `refs` name, in their order, each checked against its hash; one batch is on its way while another is used. Throws `damaged`. */
export async function* fetchPages(
  lake: Lake,
  datasetId: string,
  refs: AsyncIterable<PageRef> | Iterable<PageRef>,
  signal?: AbortSignal,
): AsyncGenerator<FetchedPage> {
  // Scattered pages are small, so many of them come at once.
  const gate = new Gate();
  const batches = batchesOf(refs);
  const begin = async () => {
    const batch = await batches.next();
    if (batch.done) return undefined;
    const frames = new Map<PageRef, Promise<Uint8Array>>();
    for (const range of planRanges(batch.value)) {
      const start = range[0]?.offset ?? 0;
      const ask = () => fetchRange(lake, datasetId, range, signal);
      // The lake itself waits for a store that is busy.
      const bytes = gate.run(
        () => recentOf(lake).ranges.get(rangeKey(datasetId, range), ask),
        () => false,
      );
      for (const ref of range) {
        const frame = bytes.then((all) => all.subarray(ref.offset - start, ref.offset - start + ref.length));
        frame.catch(() => undefined);
        frames.set(ref, frame);
      }
    }
    return { refs: batch.value, frames };
  };
  const beginQuietly = () => {
    const begun = begin();
    begun.catch(() => undefined);
    return begun;
  };
  try {
    let next = beginQuietly();
    for (;;) {
      const batch = await next;
      if (!batch) return;
      next = beginQuietly();
      for (const ref of batch.refs) {
        const frame = await batch.frames.get(ref);
        // With the hash: only what was checked against this very one counts as known.
        const key = `${datasetId}/${ref.object}:${ref.offset} ${ref.hash}`;
        if (frame) yield { ref, page: recentOf(lake).pages.get(key, () => decodePage(frame, ref)) };
      }
    }
  } finally {
    batches.return(undefined).catch(() => undefined);
  }
}

async function* batchesOf(refs: AsyncIterable<PageRef> | Iterable<PageRef>): AsyncGenerator<PageRef[]> {
  let batch: PageRef[] = [];
  let bytes = 0;
  let most = batchFirst;
  for await (const ref of refs) {
    if (batch.length > 0 && (bytes + ref.length > most || batch.length === batchPages)) {
      yield batch;
      most = Math.min(most * batchGrowth, rangeMost);
      batch = [];
      bytes = 0;
    }
    batch.push(ref);
    bytes += ref.length;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Runs of references that one request each can bring, in the order in which the first page of each is wanted. A version's
 * pages lie in as many objects as versions made them, in turn: each object has its own runs.
 */
export function planRanges(refs: readonly PageRef[]): PageRef[][] {
  const runs: PageRef[][] = [];
  const newest = new Map<string, PageRef[]>();
  for (const ref of refs) {
    const run = newest.get(ref.object);
    if (run && joins(run, ref)) run.push(ref);
    else {
      const begun = [ref];
      runs.push(begun);
      newest.set(ref.object, begun);
    }
  }
  return runs;
}

function joins(run: readonly PageRef[], ref: PageRef): boolean {
  const [first, last] = [run[0] as PageRef, run.at(-1) as PageRef];
  const gap = ref.offset - (last.offset + last.length);
  return gap >= 0 && gap <= gapMost && ref.offset + ref.length - first.offset <= rangeMost;
}

async function fetchRange(
  lake: Lake,
  datasetId: string,
  refs: PageRef[],
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { object, ...range } = rangeOf(refs);
  const key = keyOf.pages(datasetId, object);
  const bytes = await lake.get(key, { range, signal });
  if (bytes?.length !== range.length) {
    throw new ForebayError('damaged', `The manifest pages ${key} are missing from the lake or cut short.`);
  }
  return bytes;
}

function rangeOf(refs: PageRef[]): { object: string; offset: number; length: number } {
  const [first, last] = [refs[0] as PageRef, refs.at(-1) as PageRef];
  const { object, offset } = first;
  return { object, offset, length: last.offset + last.length - offset };
}

function rangeKey(datasetId: string, refs: PageRef[]): string {
  const { object, offset, length } = rangeOf(refs);
  return `${datasetId}/${object}:${offset}+${length}`;
}

function decodePage(frame: Uint8Array, ref: PageRef): Page {
  const where = `pages/${ref.object} at byte ${ref.offset}`;
  const page = pageFromJson(parseJson(decompress(frame, where), where), where);
  if (hashPage(page) !== ref.hash) {
    throw new ForebayError(
      'damaged',
      `The manifest page ${where} in the lake doesn't have the hash it should.`,
    );
  }
  return page;
}
