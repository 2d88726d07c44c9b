import type { CacheStats, CacheStore, Placement } from '../../src/api/schemas.ts';
import { formatPart } from '../../src/api/selection.ts';
import { formatAgo, formatMoment } from '../../src/api/text/moment.ts';
import { formatBytes, formatCount, formatDuration } from '../../src/api/text/units.ts';
import { pinPlacement } from '../actions/pinPlacement.ts';
import { useHost } from '../host.ts';
import { useNow } from '../live/useNow.ts';
import { PlainTable } from '../parts/PlainTable.tsx';
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
  const placementOf = ({ placement }: { placement: string }) => placements.find(({ id }) => id === placement);
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
        <PlainTable
          className="fb-next-table"
          rows={all.slice(0, most)}
          keyOf={({ placement }) => placement}
          columns={[
            {
              title: 'Goes',
              numeric: true,
              cell: ({ at }) => goesIn((Date.parse(at) - now) / 1000),
              hint: ({ at }) => formatMoment(at),
            },
            { title: 'Version', cell: nameOf, hint: nameOf },
            { title: 'Size', numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
            {
              title: 'Why',
              dim: true,
              cell: (one) => {
                const lastUsed = placementOf(one)?.lastUsed;
                return lastUsed === undefined ? '' : `last used ${formatAgo(lastUsed, now)}`;
              },
            },
            {
              title: 'What can be done',
              untitled: true,
              cell: (one) => {
                const placement = placementOf(one);
                return (
                  placement && (
                    <button
                      type="button"
                      className="fb-text-button"
                      aria-label={`Pin ${nameOf(one)}`}
                      onClick={() => void pinPlacement(host, placement, true)}
                    >
                      Pin
                    </button>
                  )
                );
              },
            },
          ]}
        />
      )}
      <More left={all.length - most} />
    </div>
  );
}

const goesIn = (seconds: number) => (seconds < 60 ? 'soon' : `in ${coarse(seconds)}`);

const nameOf = ({ dataset, version, selection }: Pick<Placement, 'dataset' | 'version' | 'selection'>) =>
  formatPart(dataset, version, selection);

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
        <PlainTable
          className="fb-next-table"
          rows={all.slice(0, most)}
          keyOf={({ placement }) => placement}
          columns={[
            { title: 'Turn', numeric: true, cell: ({ place }) => place },
            { title: 'Version', cell: nameOf, hint: nameOf },
            { title: 'Size', numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
            {
              title: 'Expected uses',
              numeric: true,
              cell: ({ expectedUses }) => expectedUses.toFixed(1),
            },
            {
              title: 'To bring back',
              numeric: true,
              cell: ({ refillSeconds }) => (refillSeconds < 1 ? 'under 1 s' : formatDuration(refillSeconds)),
            },
            { title: 'Worth, s per GB', numeric: true, cell: ({ value }) => value.toPrecision(2) },
            {
              title: 'Why',
              dim: true,
              cell: ({ why, lastUsed }) => `${why}, last used ${formatAgo(lastUsed, now)}`,
              hint: ({ why }) => why,
            },
          ]}
        />
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
