import { join } from 'node:path';

/** The cache directory, version 1, as the design lays it out. */
export const claimName = 'forebay-cache.json';

export const layout = {
  claim: (cache: string) => join(cache, claimName),
  datasets: (cache: string) => join(cache, 'datasets'),
  internal: (cache: string) => join(cache, '.forebay'),
  staging: (cache: string) => join(cache, '.forebay', 'staging'),
  trash: (cache: string) => join(cache, '.forebay', 'trash'),
};

/** Inside `.forebay/staging/<fill-id>/`. */
export const staged = {
  fill: (staging: string) => join(staging, 'fill.json'),
  journal: (staging: string) => join(staging, 'journal'),
  record: (staging: string) => join(staging, 'record.json'),
  tree: (staging: string) => join(staging, 'tree'),
};

/** `<name>~<id>`; the name is decoration, as it was at the first fill. */
export function datasetFolderName(dataset: { id: string; name: string }): string {
  return `${dataset.name}~${dataset.id}`;
}

/** The id in a dataset folder's name, or undefined for what isn't one. */
export function datasetIdIn(folderName: string): string | undefined {
  return /~([a-z2-7]{26})$/.exec(folderName)?.[1];
}

/** What lies under one name: a version, or the part of it whose selection has this hash (`partHash`). */
export interface Place {
  version: number;
  part: string | null;
}

/** `v3`, or `v3+<hash8>` for a part; its record is called so with `.json` behind. */
export function placeName({ version, part }: Place): string {
  return part === null ? `v${version}` : `v${version}+${part}`;
}

/** The place of 'v3' and 'v3.json', or of 'v3+0a1b2c3d' and its record; undefined for anything else. */
export function placeIn(name: string): Place | undefined {
  const match = /^v([1-9]\d{0,9})(?:\+([0-9a-f]{8}))?(?:\.json)?$/.exec(name);
  return match ? { version: Number(match[1]), part: match[2] ?? null } : undefined;
}
