import type { Lease } from '../../src/api/schemas.ts';
import { formatAge } from '../../src/api/text/moment.ts';

/** Who holds a version, and what ends it. `now` in milliseconds. */
export function holderSentence(lease: Lease, now: number): string {
  const age = formatAge(lease.since, now);
  const since = age === 'now' ? 'since just now' : `for ${age}`;
  switch (lease.holder.kind) {
    case 'connection':
      return `${lease.holder.label}, ${since}; ends when it is shut down`;
    case 'process':
      return `Process ${lease.holder.pid}, ${since}; ends with the process`;
    case 'manual':
      return `A mount, ${since}; ends by: forebay unmount ${lease.dataset}@v${lease.version}`;
  }
}

/** 'Kernel of train.ipynb', 'process 4711', 'mount' */
export function holderName({ holder }: Lease): string {
  if (holder.kind === 'connection') return holder.label;
  return holder.kind === 'process' ? `process ${holder.pid}` : 'a mount';
}
