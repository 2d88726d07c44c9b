import type { CacheStore, Placement } from '@forebay/core/api/schemas';
import { formatBytes } from '@forebay/core/api/text/units';
import { MiddleName, WideGauge } from '@forebay/core/ui';
import { cachesFilling, spaceOf } from '@forebay/core/ui/level/space';
import { cacheIcon } from '../icons/index.ts';
import { commandIds } from '../plugins/commandIds.ts';
import { useHost } from './host.ts';
import { IconButton } from './IconButton.tsx';

function CacheLine({ cache, filling }: { cache: CacheStore; filling: boolean }) {
  const space = spaceOf(cache, filling);
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
        {space.reserved > 0 && <span>{formatBytes(cache.reserved)} reserved</span>}
        <span>{formatBytes(cache.free)} free</span>
      </span>
    </li>
  );
}

export interface CachesProps {
  caches: readonly CacheStore[];
  placements: readonly Placement[];
}

export function Caches({ caches, placements }: CachesProps) {
  const { run } = useHost();
  if (caches.length === 0) return null;
  const filling = cachesFilling(placements);
  return (
    <section className="fb-section" aria-label="Caches">
      <div className="fb-section-head">
        <h3 className="fb-section-title">Caches</h3>
        <IconButton icon={cacheIcon} label="Open caches" onClick={() => run(commandIds.openCaches)} />
      </div>
      <ul className="fb-list">
        {caches.map((cache) => (
          <CacheLine key={cache.id} cache={cache} filling={filling.has(cache.name)} />
        ))}
      </ul>
    </section>
  );
}
