import { useState } from 'react';
import type { CacheStore, CacheTest, Lease, Placement } from '../../src/api/schemas.ts';
import { formatBytes, formatDuration } from '../../src/api/text/units.ts';
import { useHost } from '../host.ts';
import { MiddleName } from '../parts/MiddleName.tsx';
import { ChangeCache } from './ChangeCache.tsx';
import { cacheVerdict } from './cacheForm.ts';
import { agreesToDetach, detachCache } from './detachCache.ts';
import { TestOutcome } from './TestOutcome.tsx';
import { useTest } from './useTest.ts';

/** One attached cache: how much it may hold and keep, whether it works, and a way to take it away. */
export function CacheSetUp({ cache, placements, leases, onChanged }: CacheSetUpProps) {
  const host = useHost();
  const test = useTest<CacheTest>();
  const [changing, setChanging] = useState(false);
  const [detaching, setDetaching] = useState<AbortController | null>(null);
  const detach = async () => {
    const what = { cache, placements, leases };
    if (!(await agreesToDetach(host, what))) return;
    const stop = new AbortController();
    setDetaching(stop);
    await detachCache(host, what, stop.signal);
    setDetaching(null);
    onChanged();
  };
  return (
    <section className="fb-set-up-block" aria-label={`Cache ${cache.name}`}>
      <div className="fb-set-up-line">
        <strong className="fb-set-up-name">
          <MiddleName name={cache.name} />
        </strong>
        <span className="fb-dim fb-set-up-path" title={cache.path}>
          <MiddleName name={cache.path} />
        </span>
        {cache.temporary && (
          <span className="fb-tag" title="A restart of the machine or container empties it">
            temporary
          </span>
        )}
        {!cache.reachable && <span className="fb-problem">not reachable</span>}
      </div>
      <p className="fb-number">
        {`${formatBytes(cache.used)} of ${formatBytes(cache.capacity)} used, ${formatBytes(cache.free)} free; keeps what nobody uses for ${formatDuration(cache.ttlSeconds)}`}
      </p>
      {detaching ? (
        <p className="fb-test-line" role="status">
          <progress className="fb-progress" aria-label={`Detaching ${cache.name}`} />
          <span className="fb-number">{`Detaching: ${placements.length} left to clear`}</span>
          <button type="button" className="fb-button" onClick={() => detaching.abort()}>
            Cancel
          </button>
        </p>
      ) : (
        <div className="fb-buttons">
          <button
            type="button"
            className="fb-button"
            aria-label={`Test ${cache.name}`}
            onClick={() => void test.run(() => host.client.caches.testAttached(cache.name))}
          >
            Test
          </button>
          <button
            type="button"
            className="fb-button"
            aria-label={`Change ${cache.name}`}
            aria-expanded={changing}
            onClick={() => setChanging(!changing)}
          >
            Change…
          </button>
          <button
            type="button"
            className="fb-button"
            aria-label={`Detach ${cache.name}`}
            onClick={() => void detach()}
          >
            Detach…
          </button>
        </div>
      )}
      {changing && (
        <ChangeCache
          cache={cache}
          placements={placements}
          onDone={() => {
            setChanging(false);
            onChanged();
          }}
        />
      )}
      <TestOutcome test={test} verdict={cacheVerdict} />
    </section>
  );
}

interface CacheSetUpProps {
  cache: CacheStore;
  /** On it. */
  placements: readonly Placement[];
  leases: readonly Lease[];
  onChanged: () => void;
}
