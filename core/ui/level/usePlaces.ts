import { useMemo } from 'react';
import type { Job, Placement } from '../../src/api/schemas.ts';
import { useLive } from '../live/useLive.ts';
import { type Level, levelOf } from './level.ts';

export interface Places {
  /** Whole versions only: a part is not the version. */
  placements: readonly Placement[];
  levelOf: (dataset: string, version: number) => Level;
  /** Parts of a version that are cached. */
  partsOf: (dataset: string, version: number) => readonly Placement[];
}

const nowhere: readonly Placement[] = [];
const idle: readonly Job[] = [];

/** Which versions are cached where, and how far what is under way is. `of`: of one dataset only. */
export function usePlaces(of?: string): Places {
  const { value: all = nowhere } = useLive(
    ({ placements }) => placements.list(of === undefined ? {} : { dataset: of }),
    ({ kind }) => kind === 'placement' || kind === 'lease',
    [of],
  );
  const filling = all.some(({ state }) => state === 'filling' || state === 'queued');
  const { value: jobs = idle } = useLive(
    async (client) => (filling ? client.jobs.list() : idle),
    ({ kind }) => filling && kind === 'job',
    [filling],
  );
  return useMemo(() => placesOf(all, jobs), [all, jobs]);
}

const key = (dataset: string, version: number) => `${dataset}@${version}`;

export function placesOf(all: readonly Placement[], jobs: readonly Job[]): Places {
  const placements = all.filter(({ selection }) => selection === null);
  const cachedParts = all.filter(({ selection, state }) => selection !== null && state === 'ready');
  const [whole, parts] = [placements, cachedParts].map((some) =>
    Map.groupBy(some, ({ dataset, version }) => key(dataset, version)),
  );
  return {
    placements,
    levelOf: (dataset, version) => levelOf(whole?.get(key(dataset, version)) ?? nowhere, jobs),
    partsOf: (dataset, version) => parts?.get(key(dataset, version)) ?? nowhere,
  };
}
