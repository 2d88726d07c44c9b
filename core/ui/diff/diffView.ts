import type { DiffKind } from '../../src/api/schemas.ts';
import type { PageKind } from '../pageKind.ts';

export const diffKinds = ['added', 'changed', 'removed', 'moved'] as const satisfies readonly DiffKind[];

/** What a person chose of the difference between two versions. */
export interface DiffView {
  page: 'diff';
  dataset: string;
  /** Numbers of versions. */
  from: number;
  to: number;
  /** Only paths that contain this. */
  filter: string;
  /** Only these; null: all. */
  kinds: readonly string[] | null;
  layout: 'tree' | 'list';
  /** Whose sub-folders the overview compares; empty: those that tell most, '/': those at the top. */
  folder: string;
  /** The file that is looked at; empty: none, but the overview. */
  path: string;
}

export const diffView = (
  dataset: string,
  from: number,
  to: number,
  more: Partial<DiffView> = {},
): DiffView => ({
  page: 'diff',
  dataset,
  from,
  to,
  filter: '',
  kinds: null,
  layout: 'tree',
  folder: '',
  path: '',
  ...more,
});

export const diffKind: PageKind<DiffView> = {
  usual: diffView('', 0, 0),
  about: ['dataset', 'from', 'to'],
  choices: { layout: ['tree', 'list'], kinds: diffKinds },
  lists: ['kinds'],
};

/** What stands for each kind beside its word. */
export const signs: Record<DiffKind, string> = { added: '+', changed: '~', removed: '−', moved: '⇄' };
