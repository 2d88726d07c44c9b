import type { FileEntry } from '../../../src/api/schemas.ts';

export type Viewer = 'image' | 'table' | 'json' | 'text' | 'binary';

/** Bytes of one side up to which each viewer reads it; beyond, the bytes themselves are compared. */
export const limits: Record<Exclude<Viewer, 'binary'>, number> = {
  image: 32e6,
  table: 8e6,
  json: 4e6,
  text: 2e6,
};

/** Bytes of both sides that are read to find the first that differs. */
export const binaryLimit = 64 * 2 ** 20;

const images = /\.(png|jpe?g|gif|webp|bmp|svg|avif|ico)$/i;
const tables = /\.(csv|tsv)$/i;
const json = /\.(json|ipynb|geojson)$/i;
const texts =
  /\.(txt|md|rst|py|ipy|js|ts|tsx|jsx|jsonl|ndjson|ya?ml|toml|ini|cfg|conf|sh|xml|html?|css|sql|r|rs|go|c|h|cpp|hpp|java|log|lst|names|labels|tex|bib|lock|properties|env|diff|patch)$/i;
const textNames =
  /^(readme|license|licence|notice|makefile|dockerfile|authors|changelog|\.[a-z]*ignore|requirements)/i;

/** By its name; undefined where only its bytes tell. */
export function viewerOfName(path: string): Viewer | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (images.test(name)) return 'image';
  if (tables.test(name)) return 'table';
  if (json.test(name)) return 'json';
  return texts.test(name) || textNames.test(name) ? 'text' : undefined;
}

/** Backspace, tab, line feed, form feed, carriage return, escape: logs of terminals have them. */
const spacing = new Set([8, 9, 10, 12, 13, 27]);

/** Whether bytes from a file's beginning are text: UTF-8 (a letter may be cut off at the end) without control codes. */
export function looksLikeText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 0x20 && !spacing.has(byte))) return false;
  try {
    // A stream: what is cut off at the end may still come.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

type Sides = readonly (Pick<FileEntry, 'kind' | 'size'> | null)[];

/** The viewer for both sides, and why it isn't the one that the name suggests. */
export function fitting(viewer: Viewer, sides: Sides): { viewer: Viewer; tooLarge: boolean } {
  if (viewer === 'binary') return { viewer, tooLarge: false };
  const tooLarge = sides.some((side) => side?.kind === 'file' && side.size > limits[viewer]);
  return tooLarge ? { viewer: 'binary', tooLarge } : { viewer, tooLarge };
}

/** What a person chooses between: tables and JSON are text too, as long as they aren't too large for it. */
export function choicesOf(viewer: Viewer, sides: Sides): Viewer[] {
  const all: Viewer[] = viewer === 'table' || viewer === 'json' ? [viewer, 'text'] : [viewer];
  return all.filter((each) => !fitting(each, sides).tooLarge);
}
