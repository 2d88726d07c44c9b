import type { CacheStore } from '@forebay/core/api/schemas';
import { formatBytes } from '@forebay/core/api/units';
import { spaceOf } from '../model/space.ts';
import { MiddleName } from './MiddleName.tsx';
import { WideGauge } from './WideGauge.tsx';

function CacheLine({ cache }: { cache: CacheStore }) {
  const space = spaceOf(cache);
  return (
    <li className="fb-cache" title={`${cache.path}\n${space.sentence}`}>
      <span className="fb-cache-head">
        <MiddleName name={cache.name} />
        {cache.temporary && <span className="fb-tag">temporary</span>}
        <span className="fb-number">
          {cache.reachable ? `${formatBytes(cache.used)} of ${formatBytes(space.capacity)}` : 'not reachable'}
        </span>
      </span>
      <WideGauge used={space.used} reserved={space.reserved} />
      <span className="fb-cache-words fb-dim fb-number">
        {cache.reserved > 0 && <span>{formatBytes(cache.reserved)} reserved</span>}
        <span>{formatBytes(cache.free)} free</span>
      </span>
    </li>
  );
}

export function Caches({ caches }: { caches: readonly CacheStore[] }) {
  if (caches.length === 0) return null;
  return (
    <section className="fb-section" aria-label="Caches">
      <h3 className="fb-section-title">Caches</h3>
      <ul className="fb-list">
        {caches.map((cache) => (
          <CacheLine key={cache.id} cache={cache} />
        ))}
      </ul>
    </section>
  );
}
