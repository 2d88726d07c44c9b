import type { Figure, Work } from '../measure/sample.ts';

/** What is shown against the number of files. */
export const growthWorks: { work: Work; figure: Figure; title: string }[] = [
  { work: 'sync', figure: 'seconds', title: 'sync' },
  { work: 'fill', figure: 'seconds', title: 'fill' },
  { work: 'next', figure: 'seconds', title: 'fill, 1% changed' },
  { work: 'unchanged', figure: 'seconds', title: 'sync, nothing changed' },
  { work: 'diff', figure: 'inside', title: 'diff, 100 changed' },
];
