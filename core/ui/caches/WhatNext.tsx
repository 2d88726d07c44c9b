import { formatAgo, formatMoment } from '../../src/api/moment.ts';
import type { CacheStats, CacheStore, Placement } from '../../src/api/schemas.ts';
import { formatPart } from '../../src/api/selection.ts';
import { formatBytes, formatCount, formatDuration } from '../../src/api/units.ts';
import { pinPlacement } from '../actions/pinPlacement.ts';
import { useHost } from '../host.ts';
import { useNow } from '../live/useNow.ts';
import { coarse } from './sayStats.ts';

/** Lines that are drawn of each list. */
const most = 100;

/** What ages out, soonest first, and what would go first where room is short, with what each is worth and why. */
export function WhatNext({ caches, stats, placements, search }: WhatNextProps) {
  const now = useNow(30_000);
  return (
    <div className="fb-body">
      {caches.map((cache) => {
        const of = stats.find((one) => one.cache === cache.name);
        return (
          of && (
            <section key={cache.id} className="fb-next" aria-label={`What goes next from ${cache.name}`}>
              <h3>{cache.name}</h3>
              <AgesOut {...{ of, cache, placements, now }} search={search.toLowerCase()} />
              <UnderPressure of={of} now={now} search={search.toLowerCase()} />
            </section>
          )
        );
      })}
    </div>
  );
}

function AgesOut({
  of,
  cache,
  placements,
  now,
  search,
}: ListProps & { cache: CacheStore; placements: readonly Placement[] }) {
  const host = useHost();
  const all = of.agesOut.filter(({ dataset }) => dataset.includes(search));
  const kept = placements.filter(
    ({ cache: on, pinned, leases }) => on === cache.name && (pinned || leases > 0),
  ).length;
  return (
    <div>
      <p>
        <strong>Ages out</strong>{' '}
        <span className="fb-dim">
          {`${formatDuration(cache.ttlSeconds)} after the last use.`}
          {kept > 0
            ? ` ${formatCount(kept, 'version')} ${kept === 1 ? 'stays' : 'stay'}, being pinned or in use.`
            : ''}
        </span>
      </p>
      {all.length === 0 ? (
        <p className="fb-dim">Nothing.</p>
      ) : (
        <table className="fb-table fb-next-table">
          <thead>
            <tr>
              <th scope="col" className="fb-cell-number">
                Goes
              </th>
              <th scope="col">Version</th>
              <th scope="col" className="fb-cell-number">
                Size
              </th>
              <th scope="col">Why</th>
              <th scope="col">
                <span className="fb-only-read">What can be done</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.slice(0, most).map((one) => {
              const name = formatPart(one.dataset, one.version, one.selection);
              const placement = placements.find(({ id }) => id === one.placement);
              const seconds = (Date.parse(one.at) - now) / 1000;
              return (
                <tr key={one.placement}>
                  <td className="fb-cell-number" title={formatMoment(one.at)}>
                    {seconds < 60 ? 'soon' : `in ${coarse(seconds)}`}
                  </td>
                  <td title={name}>{name}</td>
                  <td className="fb-cell-number">{formatBytes(one.bytes)}</td>
                  <td className="fb-dim">
                    {placement ? `last used ${formatAgo(placement.lastUsed, now)}` : ''}
                  </td>
                  <td>
                    {placement && (
                      <button
                        type="button"
                        className="fb-text-button"
                        aria-label={`Pin ${name}`}
                        onClick={() => void pinPlacement(host, placement, true)}
                      >
                        Pin
                      </button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <More left={all.length - most} />
    </div>
  );
}

function UnderPressure({ of, now, search }: ListProps) {
  const all = of.underPressure
    .map((one, at) => ({ ...one, place: at + 1 }))
    .filter(({ dataset }) => dataset.includes(search));
  return (
    <div>
      <p>
        <strong>Is pushed out first where room is short</strong>{' '}
        <span className="fb-dim">
          What saves least waiting for the room it takes: expected uses × time to bring it back ÷ size.
        </span>
      </p>
      {all.length === 0 ? (
        <p className="fb-dim">Nothing: what is there is pinned, in use, or on its way.</p>
      ) : (
        <table className="fb-table fb-next-table">
          <thead>
            <tr>
              <th scope="col" className="fb-cell-number">
                Turn
              </th>
              <th scope="col">Version</th>
              <th scope="col" className="fb-cell-number">
                Size
              </th>
              <th scope="col" className="fb-cell-number">
                Expected uses
              </th>
              <th scope="col" className="fb-cell-number">
                To bring back
              </th>
              <th scope="col" className="fb-cell-number">
                Worth, s per GB
              </th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {all.slice(0, most).map((one) => {
              const name = formatPart(one.dataset, one.version, one.selection);
              return (
                <tr key={one.placement}>
                  <td className="fb-cell-number">{one.place}</td>
                  <td title={name}>{name}</td>
                  <td className="fb-cell-number">{formatBytes(one.bytes)}</td>
                  <td className="fb-cell-number">{one.expectedUses.toFixed(1)}</td>
                  <td className="fb-cell-number">
                    {one.refillSeconds < 1 ? 'under 1 s' : formatDuration(one.refillSeconds)}
                  </td>
                  <td className="fb-cell-number">{one.value.toPrecision(2)}</td>
                  <td
                    className="fb-dim"
                    title={one.why}
                  >{`${one.why}, last used ${formatAgo(one.lastUsed, now)}`}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <More left={all.length - most} />
    </div>
  );
}

function More({ left }: { left: number }) {
  return left > 0 ? <p className="fb-dim">{`and ${formatCount(left, 'more version')}`}</p> : null;
}

interface ListProps {
  of: CacheStats;
  now: number;
  /** In lower case. */
  search: string;
}

interface WhatNextProps {
  caches: readonly CacheStore[];
  stats: readonly CacheStats[];
  placements: readonly Placement[];
  search: string;
}
