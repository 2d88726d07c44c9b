import { useEffect } from 'react';
import { cachesView } from '../caches/cachesView.ts';
import { useHost } from '../host.ts';
import { useLive } from '../live/useLive.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';
import { AttachCache } from './AttachCache.tsx';
import { CacheSetUp } from './CacheSetUp.tsx';
import { ChooseLake } from './ChooseLake.tsx';
import { ChosenLake } from './ChosenLake.tsx';

/** Where versions live for good and where they are cached: chosen, changed and tried. */
export function SetUpPage() {
  const host = useHost();
  const { value, failure, reload } = useLive(
    async ({ app, placements, leases, caches }) => {
      const [status, all, placed, leased] = await Promise.all([
        app.status(),
        caches.list(),
        placements.list(),
        leases.list(),
      ]);
      return { status, caches: all, placements: placed, leases: leased };
    },
    ({ kind }) => kind === 'lake' || kind === 'cache' || kind === 'placement' || kind === 'lease',
    [],
  );
  useEffect(() => host.title('Set up Forebay'), [host]);
  return (
    <div className={`fb-page fb-set-up${failure && value ? ' fb-stale' : ''}`}>
      <div className="fb-caches-head">
        <h2>Set up</h2>
        <span className="fb-push" />
        <button type="button" className="fb-button" onClick={() => host.open(cachesView)}>
          Open caches
        </button>
      </div>
      {failure && <FailureFace failure={failure} onRetry={reload} known={value !== undefined} />}
      {!value && !failure && <Skeleton label="Reading the set-up" />}
      {value && (
        <div className="fb-body">
          <section className="fb-card" aria-label="Lake">
            <h3>Lake</h3>
            <p className="fb-dim">
              Where every version lives for good: a folder, or a bucket in an S3 store.
            </p>
            {value.status.lake?.settled ? (
              <ChosenLake lake={value.status.lake} />
            ) : (
              <ChooseLake folder={`${value.status.home}/lake`} onChosen={reload} />
            )}
          </section>
          <section className="fb-card" aria-label="Caches">
            <h3>Caches</h3>
            <p className="fb-dim">
              Folders next to the compute that hold whole versions. Fast and large is best; what is on them
              can be fetched again.
            </p>
            {value.caches.map((cache) => (
              <CacheSetUp
                key={cache.id}
                cache={cache}
                placements={value.placements.filter((one) => one.cache === cache.name)}
                leases={value.leases.filter((one) => one.cache === cache.name)}
                onChanged={reload}
              />
            ))}
            <AttachCache names={value.caches.map(({ name }) => name)} onAttached={reload} />
          </section>
        </div>
      )}
    </div>
  );
}
