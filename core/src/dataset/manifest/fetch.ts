import { ForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { keyOf } from '../names.ts';
import { decompress, parseJson } from './codec.ts';
import { hashPage, type Page, type PageRef } from './page.ts';
import { pageFromJson } from './pageJson.ts';
import { recentRanges } from './recent.ts';

/** Pages near each other in one object come by one request, up to this many bytes; a gap of this many is read over. */
const rangeMost = 2 * 2 ** 20;
const gapMost = 32 * 2 ** 10;
/** Requests under way, and what they may bring together: scattered pages are small, so many of them come at once. */
const rangesAhead = 16;
const bytesAhead = 6 * 2 ** 20;

export interface FetchedPage {
  ref: PageRef;
  page: Page;
}

/** The pages that `refs` name, in their order, each checked against its hash. Throws `damaged`. */
export async function* fetchPages(
  lake: Lake,
  datasetId: string,
  refs: Iterable<PageRef>,
  signal?: AbortSignal,
): AsyncGenerator<FetchedPage> {
  const ranges = planRanges(refs)[Symbol.iterator]();
  const ahead: { refs: PageRef[]; length: number; bytes: Promise<Uint8Array> }[] = [];
  let coming = 0;
  const startSome = () => {
    while (ahead.length < rangesAhead && (ahead.length === 0 || coming < bytesAhead)) {
      const { value } = ranges.next();
      if (!value) return;
      const { length } = rangeOf(value);
      coming += length;
      const bytes = recentRanges(lake).get(rangeKey(datasetId, value), () =>
        fetchRange(lake, datasetId, value, signal),
      );
      bytes.catch(() => undefined);
      ahead.push({ refs: value, length, bytes });
    }
  };
  for (;;) {
    startSome();
    const next = ahead.shift();
    if (!next) return;
    const bytes = await next.bytes;
    coming -= next.length;
    startSome();
    const start = next.refs[0]?.offset ?? 0;
    for (const ref of next.refs) {
      yield {
        ref,
        page: decodePage(bytes.subarray(ref.offset - start, ref.offset - start + ref.length), ref),
      };
    }
  }
}

/** Runs of references that one request can bring. */
export function* planRanges(refs: Iterable<PageRef>): Generator<PageRef[]> {
  let run: PageRef[] = [];
  for (const ref of refs) {
    const first = run[0];
    const last = run.at(-1);
    const joins =
      first !== undefined &&
      last !== undefined &&
      ref.object === first.object &&
      ref.offset >= last.offset + last.length &&
      ref.offset - (last.offset + last.length) <= gapMost &&
      ref.offset + ref.length - first.offset <= rangeMost;
    if (!joins && run.length > 0) {
      yield run;
      run = [];
    }
    run.push(ref);
  }
  if (run.length > 0) yield run;
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
