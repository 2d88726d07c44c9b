import { isPicture } from './media.ts';
import type { Survey } from './survey.ts';

/** A folder whose sub-folders each hold the pictures of one class: `train/cat/1.png`. */
export interface ClassFolder {
  /** '' for the top. */
  folder: string;
  /** Names of its sub-folders. */
  classes: string[];
  /** Of the pictures. */
  extensions: string[];
}

const mostSets = 20;

/** Folders that say by their names what is in the pictures below: two classes or more, and nothing else beside them. */
export function classFolders({ folders }: Survey): ClassFolder[] {
  if (!folders) return [];
  const children = Map.groupBy(
    [...folders.keys()].filter((path) => path !== ''),
    (path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))),
  );
  return [...children]
    .filter(([parent, below]) => {
      const around = folders.get(parent);
      const pictures = [...(around?.extensions.keys() ?? [])].some(isPicture);
      return below.length >= 2 && !pictures && below.every((path) => holdsPictures(folders.get(path)));
    })
    .slice(0, mostSets)
    .map(([folder, below]) => ({
      folder,
      classes: below.map((path) => path.slice(folder === '' ? 0 : folder.length + 1)),
      extensions: [
        ...new Set(below.flatMap((path) => [...(folders.get(path)?.extensions.keys() ?? [])])),
      ].sort(),
    }));
}

function holdsPictures(
  count: { files: number; extensions: Map<string, number>; folders: boolean } | undefined,
) {
  return (
    count !== undefined && count.files > 0 && !count.folders && [...count.extensions.keys()].every(isPicture)
  );
}
