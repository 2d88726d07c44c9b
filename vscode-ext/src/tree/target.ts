import { ForebayError } from '@forebay/core/api/errors';
import type { TreeNode } from './node.ts';

/** The version that a row is about; a dataset's is its newest. */
export interface VersionTarget {
  dataset: string;
  version: number;
  /** Within the version; '' for the whole. */
  path: string;
}

export function targetOf(
  node: TreeNode | undefined,
  latest: (dataset: string) => number | undefined,
): VersionTarget | undefined {
  switch (node?.kind) {
    case 'dataset': {
      const version = latest(node.dataset);
      return version === undefined ? undefined : { dataset: node.dataset, version, path: '' };
    }
    case 'version':
    case 'placement':
      return { dataset: node.dataset, version: node.version, path: '' };
    case 'entry':
      return { dataset: node.dataset, version: node.version, path: node.entry.path };
    default:
      return undefined;
  }
}

/** `digits@v2`, `digits@v2:0/0001.png`: what every front end takes. */
export function nameOf({ dataset, version, path }: VersionTarget): string {
  return path === '' ? refOf({ dataset, version }) : `${dataset}@v${version}:${path}`;
}

/** `digits@v2`. */
export function refOf({ dataset, version }: { dataset: string; version: number }): string {
  return `${dataset}@v${version}`;
}

export function notCached(target: VersionTarget): ForebayError {
  return new ForebayError('not-cached', `${refOf(target)} isn't cached.`);
}
