import type { PageKind } from '../pageKind.ts';

export type CachesTab = 'versions' | 'next' | 'history';

/** What a person chose on the page of all caches. */
export interface CachesView {
  page: 'caches';
  tab: CachesTab;
  /** Only this cache's; empty: all. */
  cache: string;
  /** Only names of datasets that contain this. */
  search: string;
  /** Of the versions: a column's id, with `-` before it from great to small. */
  sort: string;
  /** Of the history. */
  kind: 'all' | 'fill' | 'eviction';
}

export const cachesView: CachesView = {
  page: 'caches',
  tab: 'versions',
  cache: '',
  search: '',
  sort: '-used',
  kind: 'all',
};

export const cachesKind: PageKind<CachesView> = {
  usual: cachesView,
  about: [],
  choices: { tab: ['versions', 'next', 'history'], kind: ['all', 'fill', 'eviction'] },
};
