import { ForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { keyOf } from '../names.ts';
import { decompress, parseJson } from './codec.ts';
import { hashPage, type Page, type PageRef } from './page.ts';
import { pageFromJson } from './pageJson.ts';

/** Pages near each other in one object come by one request, up to this many bytes; a gap of this many is read over. */
const rangeMost = 2 * 2 ** 20;
const gapMost = 32 * 2 ** 10;
const rangesAhead = 3;

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
  const ahead: { refs: PageRef[]; bytes: Promise<Uint8Array> }[] = [];
  const startOne = () => {
    const { value } = ranges.next();
    if (!value) return;
    const bytes = fetchRange(lake, datasetId, value, signal);
    bytes.catch(() => undefined);
    ahead.push({ refs: value, bytes });
  };
  for (let i = 0; i < rangesAhead; i++) startOne();
  for (;;) {
    const next = ahead.shift();
    if (!next) return;
    const bytes = await next.bytes;
    startOne();
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
  const [first, last] = [refs[0] as PageRef, refs.at(-1) as PageRef];
  const key = keyOf.pages(datasetId, first.object);
  const range = { offset: first.offset, length: last.offset + last.length - first.offset };
  const bytes = await lake.get(key, { range, signal });
  if (bytes?.length !== range.length) {
    throw new ForebayError('damaged', `The manifest pages ${key} are missing from the lake or cut short.`);
  }
  return bytes;
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
