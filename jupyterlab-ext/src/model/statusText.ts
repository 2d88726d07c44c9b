import { fractionOf, percentOf } from '@forebay/core/ui/level/level';
import { type Face, faceOf } from './face.ts';
import type { Snapshot } from './snapshot.ts';

const inTrouble: Partial<Record<Face['kind'], string>> = {
  offline: 'Forebay: offline',
  'not-allowed': 'Forebay: not allowed',
  error: "Forebay: can't be read",
};

/** What the status bar says, and what hovering adds; null while nothing is known. */
export function statusText(snapshot: Snapshot): { text: string; hint: string } | null {
  const { loaded, failure, jobs, placements } = snapshot;
  const trouble = inTrouble[faceOf(snapshot).kind];
  if (failure && trouble) return { text: trouble, hint: failure.error.message };
  if (!loaded) return null;
  const [job, ...others] = jobs;
  if (job) {
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    return {
      text: `${job.title}, ${percentOf(fractionOf(job.progress))}${more}`,
      hint: jobs.map(({ title }) => title).join('\n'),
    };
  }
  const ready = placements.filter(({ state }) => state === 'ready');
  const names = ready.map(({ dataset, version, cache }) => `${dataset}@v${version} on ${cache}`);
  return {
    text: `Forebay: ${ready.length === 1 ? '1 version' : `${ready.length} versions`} cached`,
    hint: names.slice(0, 20).join('\n') || 'Datasets, their versions, and what is cached',
  };
}
