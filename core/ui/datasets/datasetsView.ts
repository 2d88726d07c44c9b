import type { PageKind } from '../pageKind.ts';

/** What a person chose of the table of all datasets. */
export interface DatasetsView {
  page: 'datasets';
  /** Words that must all be in a name, a description, a label or an author. */
  search: string;
  /** `id` of a column, or `-id`, the latter from great to small. */
  sort: string;
  shown: 'all' | 'cached';
  /** Datasets that have it; empty: all. */
  label: string;
}

export const datasetsView: DatasetsView = {
  page: 'datasets',
  search: '',
  sort: '-changed',
  shown: 'all',
  label: '',
};

export const datasetsKind: PageKind<DatasetsView> = {
  usual: datasetsView,
  about: [],
  choices: { shown: ['all', 'cached'] },
};
