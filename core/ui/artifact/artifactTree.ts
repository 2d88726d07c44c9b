import { own } from '../../src/api/own.ts';

export interface ArtifactFile {
  path: string;
  bytes: number;
}

export type ArtifactRow =
  | { kind: 'folder'; path: string; name: string; depth: number; files: number; bytes: number; open: boolean }
  | { kind: 'file'; path: string; name: string; depth: number; bytes: number };

/** Files that are sorted by path, as the rows of a tree; folders before the files beside them. */
export function artifactRows(
  files: readonly ArtifactFile[],
  open: ReadonlySet<string>,
  folder = '',
  depth = 0,
): ArtifactRow[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const within = files.filter(({ path }) => path.startsWith(prefix));
  const byName = Map.groupBy(within, ({ path }) => path.slice(prefix.length).split('/', 1)[0] ?? '');
  const isFolder = (name: string) => byName.get(name)?.[0]?.path !== prefix + name;
  const names = [...byName.keys()].sort(
    (a, b) => Number(isFolder(b)) - Number(isFolder(a)) || (a < b ? -1 : 1),
  );
  return names.flatMap((name): ArtifactRow[] => {
    const members = byName.get(name) ?? [];
    const bytes = members.reduce((sum, each) => sum + each.bytes, 0);
    const path = prefix + name;
    if (!isFolder(name)) return [{ kind: 'file', path, name, depth, bytes }];
    const row = {
      kind: 'folder',
      path,
      name,
      depth,
      files: members.length,
      bytes,
      open: open.has(path),
    } as const;
    return [row, ...(row.open ? artifactRows(members, open, path, depth + 1) : [])];
  });
}

export type Viewer = 'image' | 'table' | 'json' | 'text' | 'none';

const byEnding: Record<string, Viewer> = {
  ...{ png: 'image', jpg: 'image', jpeg: 'image', gif: 'image', webp: 'image', svg: 'image', bmp: 'image' },
  ...{ csv: 'table', tsv: 'table', json: 'json', ipynb: 'json', geojson: 'json' },
  ...{ txt: 'text', log: 'text', md: 'text', yaml: 'text', yml: 'text', toml: 'text', ini: 'text' },
  ...{ cfg: 'text', py: 'text', ts: 'text', js: 'text', sh: 'text', r: 'text', sql: 'text', diff: 'text' },
  ...{ html: 'text', xml: 'text', css: 'text', jsonl: 'text', ndjson: 'text', lock: 'text', patch: 'text' },
};
const byName: Record<string, Viewer> = {
  MLmodel: 'text',
  Dockerfile: 'text',
  Makefile: 'text',
  README: 'text',
};

/** Bytes; larger files are saved, not shown. */
export const mostShown = 20_000_000;

/** What shows a file; `none` where only its own program can. */
export function viewerOf({ path, bytes }: ArtifactFile): Viewer {
  if (bytes > mostShown) return 'none';
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return own(byName, name) ?? own(byEnding, ending) ?? 'none';
}

/** RFC 4180, leniently; `most` rows with the head. */
export function parseCsv(text: string, separator: string, most: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length && rows.length < most; at++) {
    const letter = text[at] as string;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += letter;
        at++;
      } else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === separator) {
      row.push(cell);
      cell = '';
    } else if (letter === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')]);
      row = [];
      cell = '';
    } else cell += letter;
  }
  if (rows.length < most && (cell !== '' || row.length > 0)) rows.push([...row, cell]);
  return rows;
}
