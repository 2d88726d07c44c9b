import type { PageKind } from '../pageKind.ts';

export type DatasetTab = 'versions' | 'files' | 'statistics' | 'lineage' | 'uses';

/** What a person chose on the page of one dataset. */
export interface DatasetView {
  page: 'dataset';
  dataset: string;
  tab: DatasetTab;
  /** Whose files, statistics and lineage are shown; 0: the newest. */
  version: number;
  /** Of the files: a path within the version; empty: its top. */
  folder: string;
  /** Only names that contain this. */
  search: string;
  /** `name`, `size`, `type` or `modified`, with `-` before it from great to small. */
  sort: string;
  layout: 'list' | 'grid';
}

export const datasetView = (dataset: string, more: Partial<DatasetView> = {}): DatasetView => ({
  page: 'dataset',
  dataset,
  tab: 'versions',
  version: 0,
  folder: '',
  search: '',
  sort: 'name',
  layout: 'list',
  ...more,
});

export const datasetKind: PageKind<DatasetView> = {
  usual: datasetView(''),
  about: ['dataset'],
  choices: {
    tab: ['versions', 'files', 'statistics', 'lineage', 'uses'],
    layout: ['list', 'grid'],
  },
};
