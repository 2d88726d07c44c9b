import type { PageKind } from '../pageKind.ts';

export interface LineageView {
  page: 'lineage';
  /** `chest-xray@v3`. */
  of: string;
}

export const lineageView = (of: string): LineageView => ({ page: 'lineage', of });

export const lineageKind: PageKind<LineageView> = { usual: lineageView(''), about: ['of'] };
