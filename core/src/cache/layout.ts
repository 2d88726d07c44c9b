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

/** 3 for 'v3' and 'v3.json'; undefined for anything else, parts of versions (`v3+<hash8>`) included. */
export function versionIn(name: string): { version: number; record: boolean } | undefined {
  const match = /^v([1-9]\d{0,9})(\.json)?$/.exec(name);
  return match ? { version: Number(match[1]), record: match[2] !== undefined } : undefined;
}
