import type { CacheStats, CacheStore, Placement } from '../../src/api/schemas.ts';
import { formatBytes, formatCount, formatDuration } from '../../src/api/text/units.ts';
import { cachesFilling, spaceOf } from '../level/space.ts';
import { WideGauge } from '../level/WideGauge.tsx';
import { useNow } from '../live/useNow.ts';
import { GlyphButton } from '../parts/GlyphButton.tsx';
import { MiddleName } from '../parts/MiddleName.tsx';
import { ReadingAgain, useReadAgain } from './ReadAgain.tsx';
import { saySavings, sayScrub } from './sayStats.ts';

/** One cache: how full it is, what it saved, when it is read again. Its name is pressed to see only what is on it. */
export function CacheLevel({ cache, stats, placements, chosen, onChoose }: CacheLevelProps) {
  const { reading, read, stop } = useReadAgain();
  const now = useNow(60_000);
  const filling = cachesFilling(placements).has(cache.name);
  const space = spaceOf(cache, filling);
  const ready = placements.filter(({ state }) => state === 'ready');
  const numbers: [name: string, bytes: number][] = [
    ['used', cache.used],
    ['reserved', filling ? cache.reserved : 0],
    ['free', cache.free],
    ['committed', cache.capacity],
  ];
  return (
    <li className="fb-cache-level">
      <div className="fb-cache-level-head">
        <button
          type="button"
          className="fb-plain fb-cache-level-name"
          aria-pressed={chosen}
          title={chosen ? 'Show what is on all caches' : `Show only what is on ${cache.name}`}
          onClick={onChoose}
        >
          <MiddleName name={cache.name} />
        </button>
        {cache.temporary && (
          <span className="fb-tag" title="A restart of the machine or container empties it">
            temporary
          </span>
        )}
        {!cache.reachable && <span className="fb-problem">not reachable</span>}
        <span className="fb-dim fb-cache-level-path" title={cache.path}>
          <MiddleName name={cache.path} />
        </span>
        <GlyphButton
          icon="check"
          label={`Read everything on ${cache.name} again`}
          disabled={ready.length === 0 || reading !== null}
          onClick={() => read(ready)}
        />
      </div>
      {reading && <ReadingAgain reading={reading} onStop={stop} />}
      <WideGauge used={space.used} reserved={space.reserved} />
      <dl className="fb-cache-level-numbers fb-number">
        {numbers.map(([name, bytes]) => (
          <div key={name}>
            <dd>{formatBytes(bytes)}</dd>
            <dt className="fb-dim">{name}</dt>
          </div>
        ))}
        <div>
          <dd>{formatDuration(cache.ttlSeconds)}</dd>
          <dt className="fb-dim">kept after the last use</dt>
        </div>
      </dl>
      <p className="fb-dim fb-number">
        {stats &&
          [formatCount(stats.placements, 'version'), saySavings(stats), sayScrub(stats, now)]
            .filter(Boolean)
            .join(' · ')}
      </p>
    </li>
  );
}

interface CacheLevelProps {
  cache: CacheStore;
  stats: CacheStats | undefined;
  placements: readonly Placement[];
  chosen: boolean;
  onChoose: () => void;
}
