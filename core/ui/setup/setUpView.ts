import type { PageKind } from '../pageKind.ts';

export interface SetUpView {
  page: 'setup';
}

export const setUpView: SetUpView = { page: 'setup' };

export const setUpKind: PageKind<SetUpView> = { usual: setUpView, about: [] };
