/**
 * What is measured; `sync-next` uploads 1% changed files, `next` fills that version where the one before is, `answer`
 * asks the daemon's status while it syncs everything.
 */
export const works = [
  'sync',
  'unchanged',
  'fill',
  'mount',
  'sync-next',
  'next',
  'diff',
  'answer',
  'start',
  'rest',
] as const;
export type Work = (typeof works)[number];

/**
 * `seconds`: a whole command, its start included. `inside`: seconds in what runs already: the daemon's job, a request
 * to it, a call in a notebook's kernel. `memory`: peak bytes resident of all processes of that peer. `daemon`: of
 * Forebay's daemon alone. `bytes`: read from the lake; `manifests`: what both manifests take there.
 */
export type Figure = 'seconds' | 'inside' | 'memory' | 'daemon' | 'bytes' | 'manifests';

export interface Sample {
  work: Work;
  peer: string;
  figure: Figure;
  round: number;
  value: number;
}
