import type { ChangeEvent } from '@forebay/core/api/schemas';

/** What to read again. */
export interface RefreshPlan {
  status: boolean;
  placements: boolean;
  datasets: boolean;
  runs: boolean;
  /** Opened datasets whose versions are read again. */
  versions: readonly string[];
}

export const refreshAll = (opened: Iterable<string>): RefreshPlan => ({
  status: true,
  placements: true,
  datasets: true,
  runs: true,
  versions: [...opened],
});

/** The least that has to be read again after these changes, while these datasets are open. */
export function planRefresh(events: readonly ChangeEvent[], opened: ReadonlySet<string>): RefreshPlan {
  const kinds = new Set(events.map((event) => event.kind));
  if (kinds.has('reset') || kinds.has('lake')) return refreshAll(opened);
  const changed = new Set(events.filter((event) => event.kind === 'dataset').map((event) => event.subject));
  return {
    status: kinds.has('job') || kinds.has('cache') || kinds.has('placement'),
    placements: kinds.has('placement') || kinds.has('lease'),
    datasets: kinds.has('dataset'),
    runs: kinds.has('run'),
    versions: [...opened].filter((name) => changed.has(name)),
  };
}

export const nothing: RefreshPlan = {
  status: false,
  placements: false,
  datasets: false,
  runs: false,
  versions: [],
};

/** One plan for two, so that what is asked for while something is being read is read once. */
export function mergePlans(a: RefreshPlan, b: RefreshPlan): RefreshPlan {
  return {
    status: a.status || b.status,
    placements: a.placements || b.placements,
    datasets: a.datasets || b.datasets,
    runs: a.runs || b.runs,
    versions: [...new Set([...a.versions, ...b.versions])],
  };
}

export function isEmptyPlan(plan: RefreshPlan): boolean {
  const { status, placements, datasets, runs, versions } = plan;
  return !status && !placements && !datasets && !runs && versions.length === 0;
}
