import { useEffect, useMemo } from 'react';
import { useHost } from '../host.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { setUpView } from '../setup/setUpView.ts';
import { CacheLevel } from './CacheLevel.tsx';
import type { CachesTab, CachesView } from './cachesView.ts';
import { History } from './History.tsx';
import { PlacementGrid } from './PlacementGrid.tsx';
import { useActiveJobs, useCaches } from './useCaches.ts';
import { WhatNext } from './WhatNext.tsx';

const tabs: Record<CachesTab, string> = {
  versions: 'Versions',
  next: 'What goes next and why',
  history: 'History',
};

/** Every cache with its level, what is on it, what goes next, and what happened; one site after the other. */
export function CachesPage({ view, onChange }: { view: CachesView; onChange: (view: CachesView) => void }) {
  const host = useHost();
  const { value, failure, reload } = useCaches();
  const { value: jobs = [] } = useActiveJobs();
  useEffect(() => host.title('Caches'), [host]);
  const change = (some: Partial<CachesView>) => onChange({ ...view, ...some });
  const sites = useMemo(() => [...new Set(value?.caches.map(({ site }) => site))].sort(), [value]);
  const known = value?.caches.some(({ name }) => name === view.cache) ? view.cache : '';
  const shown = (name: string) => known === '' || name === known;
  return (
    <div className={`fb-page fb-caches-page${failure && value ? ' fb-stale' : ''}`}>
      <div className="fb-caches-head">
        <h2>Caches</h2>
        <span className="fb-push" />
        <button type="button" className="fb-button" onClick={() => host.open(setUpView)}>
          Set up lake and caches
        </button>
      </div>
      {failure && <FailureFace failure={failure} onRetry={reload} known={value !== undefined} />}
      {!value && !failure && <Skeleton label="Reading the caches" />}
      {value && value.caches.length === 0 && (
        <EmptyFace title="No cache yet">
          <p className="fb-dim">
            A cache is a folder next to the compute that holds whole versions. One is made in your home the
            first time that a version is cached; attach one on a fast or large disk in the set-up.
          </p>
        </EmptyFace>
      )}
      {value && value.caches.length > 0 && (
        <>
          <div className="fb-caches-sites">
            {sites.map((site) => (
              <section key={site} aria-label={`Caches at ${site}`}>
                <h3>{site}</h3>
                <ul className="fb-cache-levels">
                  {value.caches
                    .filter((cache) => cache.site === site)
                    .map((cache) => (
                      <CacheLevel
                        key={cache.id}
                        cache={cache}
                        stats={value.stats.find((one) => one.cache === cache.name)}
                        placements={value.placements.filter((one) => one.cache === cache.name)}
                        chosen={cache.name === known}
                        onChoose={() => change({ cache: cache.name === known ? '' : cache.name })}
                      />
                    ))}
                </ul>
              </section>
            ))}
          </div>
          <div className="fb-caches-bar">
            <Tabs tabs={tabs} chosen={view.tab} onChoose={(tab) => change({ tab })} />
            <SearchBox value={view.search} onChange={(search) => change({ search })} label="Find a dataset" />
          </div>
          <div className="fb-caches-tab" role="tabpanel" aria-label={tabs[view.tab]}>
            {view.tab === 'versions' && (
              <PlacementGrid
                placements={value.placements.filter(({ cache }) => shown(cache))}
                {...{ jobs, view }}
                leases={value.leases}
                several={value.caches.length > 1}
                onChange={change}
              />
            )}
            {view.tab === 'next' && (
              <WhatNext
                caches={value.caches.filter(({ name }) => shown(name))}
                stats={value.stats}
                search={view.search}
                placements={value.placements}
              />
            )}
            {view.tab === 'history' && <History view={view} cache={known} onChange={change} />}
          </div>
        </>
      )}
    </div>
  );
}
