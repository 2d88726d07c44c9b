import { type CodeKind, codeKinds, dataCode } from '@forebay/core/api/code/dataCode';
import { isTable } from '@forebay/core/api/fileType';
import type { TreeNode } from '../tree/node.ts';

/** A row under way to an editor: a version, or a folder or file of it. */
export interface Dragged {
  dataset: string;
  version: number;
  /** '' for the whole version. */
  path: string;
  kind: 'file' | 'folder';
}

/** Where dragged rows stand in a drag's data, as JSON. */
export const draggedType = 'application/vnd.forebay.data+json';

/** A way to open what was dragged, the best first. */
export interface Variant {
  kind: CodeKind;
  title: string;
  code: string;
}

/** A dataset stands for its newest version; a part has no code that mounts it, nor has what isn't data. */
export function draggedOf(
  node: TreeNode,
  latest: (dataset: string) => number | undefined,
  isPart: (placement: string) => boolean,
): Dragged | undefined {
  switch (node.kind) {
    case 'dataset': {
      const version = latest(node.dataset);
      return version === undefined ? undefined : { dataset: node.dataset, version, path: '', kind: 'folder' };
    }
    case 'version':
      return { dataset: node.dataset, version: node.version, path: '', kind: 'folder' };
    case 'placement':
      if (isPart(node.placement)) return undefined;
      return { dataset: node.dataset, version: node.version, path: '', kind: 'folder' };
    case 'entry': {
      const { kind, path } = node.entry;
      return { dataset: node.dataset, version: node.version, path, kind: kind === 'folder' ? kind : 'file' };
    }
    default:
      return undefined;
  }
}

/** The ways to open rows that were dragged together: what fits all of them. */
export function variantsOf(rows: readonly Dragged[]): Variant[] {
  const ways = rows.map(waysTo);
  const common = (ways[0] ?? []).filter((kind) => ways.every((others) => others.includes(kind)));
  return common.map((kind) => ({
    kind,
    title: `Insert ${titles[kind] ?? codeKinds[kind]}`,
    code: joined(rows.map((row, at) => numbered(dataCode(kind, row), at + 1))),
  }));
}

const titles: Partial<Record<CodeKind, string>> = { path: 'mounted path' };

function waysTo({ path, kind }: Dragged): CodeKind[] {
  if (kind === 'folder') return ['path', 'pytorch', 'huggingface', 'pandas', 'fsspec'].filter(worksOn(path));
  return isTable(path) ? ['pandas', 'path', 'fsspec'] : ['path', 'fsspec'];
}

/** pandas reads all tables of a whole version; a folder within it has no such code. */
const worksOn =
  (path: string) =>
  (kind: string): kind is CodeKind =>
    path === '' || (kind !== 'pandas' && kind !== 'fsspec');

/** What the second file is read into must not be what the first was. */
function numbered(code: string, number: number): string {
  return number === 1 ? code : code.replaceAll(/^(\s*\w+_(?:files?|data))\b/gm, `$1_${number}`);
}

/** One after the other, each line that they share once. */
function joined(codes: readonly string[]): string {
  const lines = codes.flatMap((code) => code.trimEnd().split('\n'));
  const once = lines.filter((line, at) => /^\s/.test(line) || lines.indexOf(line) === at);
  return `${[...once.filter(isImport), ...once.filter((line) => !isImport(line))].join('\n')}\n`;
}

export const isImport = (line: string): boolean => /^(import|from)\s/.test(line);
