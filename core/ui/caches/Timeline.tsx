import type { HistoryEntry } from '../../src/api/schemas.ts';
import { formatMoment } from '../../src/api/text/moment.ts';
import { formatBytes } from '../../src/api/text/units.ts';
import { bucketsOf } from './buckets.ts';

const count = 72;
const height = 24;

/** Bytes that came, upwards, and went, downwards, from the oldest entry until now. */
export function Timeline({ entries, now }: { entries: readonly HistoryEntry[]; now: number }) {
  const buckets = bucketsOf(entries, now, count);
  const most = Math.max(1, ...buckets.map(({ filled, cleared }) => Math.max(filled, cleared)));
  const sum = (of: 'filled' | 'cleared') => formatBytes(buckets.reduce((total, each) => total + each[of], 0));
  const tall = (bytes: number) => (bytes === 0 ? 0 : Math.max(2, (bytes / most) * height));
  const first = formatMoment(new Date(buckets[0]?.from ?? now).toISOString());
  return (
    <figure className="fb-timeline">
      <svg
        viewBox={`0 0 ${count * 8} ${height * 2}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Since ${first}: ${sum('filled')} were cached, ${sum('cleared')} were cleared.`}
      >
        <line x1="0" x2={count * 8} y1={height} y2={height} className="fb-timeline-axis" />
        {buckets.map(({ from, to, filled, cleared, failures }, at) => (
          <g key={from}>
            <title>
              {`${formatMoment(new Date(from).toISOString())} to ${formatMoment(new Date(to).toISOString())}: ${formatBytes(filled)} cached, ${formatBytes(cleared)} cleared${failures > 0 ? `, ${failures} failed or cancelled` : ''}`}
            </title>
            <rect x={at * 8} y="0" width="8" height={height * 2} className="fb-timeline-span" />
            <rect
              x={at * 8 + 1}
              y={height - tall(filled)}
              width="6"
              height={tall(filled)}
              className="fb-timeline-filled"
            />
            <rect
              x={at * 8 + 1}
              y={height}
              width="6"
              height={tall(cleared)}
              className="fb-timeline-cleared"
            />
            {failures > 0 && (
              <rect x={at * 8 + 2} y={height - 2} width="4" height="4" className="fb-timeline-failed" />
            )}
          </g>
        ))}
      </svg>
      <figcaption className="fb-dim fb-number">
        <span>{first}</span>
        <span>{`↑ ${sum('filled')} cached   ↓ ${sum('cleared')} cleared`}</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
