import type { PageKind } from '../pageKind.ts';

export type Shown = 'active' | 'starred' | 'archived' | 'deleted';

/** What a person chose of a table of runs. */
export interface TableView {
  page: 'runs';
  /** Words that must all be there. */
  search: string;
  /** In MLflow's grammar. */
  filter: string;
  /** A name; empty: all. */
  experiment: string;
  shown: Shown;
  /** Ids of columns in their order; null: those that say most. */
  columns: readonly string[] | null;
  /** `id` or `-id`, the latter from great to small. */
  sort: string;
  /** A column's id; empty: none. */
  group: string;
}

export const tableView: TableView = {
  page: 'runs',
  search: '',
  filter: '',
  experiment: '',
  shown: 'active',
  columns: null,
  sort: '-started',
  group: '',
};

export const runsKind: PageKind<TableView> = {
  usual: tableView,
  about: [],
  choices: { shown: ['active', 'starred', 'archived', 'deleted'] },
  lists: ['columns'],
};
