import type { PageKind } from '../pageKind.ts';

/** Caching one version: where, how much of it, what goes for it. */
export interface CachingView {
  page: 'caching';
  /** `chest-xray@v3`. */
  of: string;
}

export const cachingView = (of: string): CachingView => ({ page: 'caching', of });

export const cachingKind: PageKind<CachingView> = { usual: cachingView(''), about: ['of'] };
