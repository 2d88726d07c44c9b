import { useEffect, useState } from 'react';
import { own } from '../../src/api/own.ts';
import type { Run } from '../../src/api/schemas.ts';
import { useHost } from '../host.ts';

/** Pixels, and points that are asked for. */
export const sparkSize = { width: 56, height: 16, points: 28 } as const;

/** Milliseconds that a row is in sight before its line is read. */
const rest = 150;
const mostRemembered = 2000;
/** Lines that were read, by run, metric and newest point. */
const remembered = new Map<string, (number | null)[]>();

function remember(key: string, values: (number | null)[]): void {
  const [oldest] = remembered.keys();
  if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, values);
}

/** How a metric went, as small as a word. */
export function Sparkline({ run, metric, isScrolling }: SparklineProps) {
  const { client } = useHost();
  const newest = own(run.metrics, metric);
  const key = newest ? `${run.id} ${metric} ${newest.time} ${newest.step}` : '';
  const [values, setValues] = useState(remembered.get(key) ?? []);
  useEffect(() => {
    const known = remembered.get(key);
    if (known || key === '') return setValues(known ?? []);
    let gone = false;
    // Rows that are scrolled past are not asked for.
    const read = async () => {
      if (isScrolling()) {
        timer = setTimeout(read, rest);
        return;
      }
      const chart = await client.runs
        .chart(run.id, { key: metric, most: sparkSize.points })
        .catch(() => null);
      if (!chart) return;
      const lasts = chart.buckets.map(({ last }) => last);
      remember(key, lasts);
      if (!gone) setValues(lasts);
    };
    let timer = setTimeout(read, rest);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, run.id, metric, key, isScrolling]);
  return (
    <svg className="fb-sparkline" viewBox={`0 0 ${sparkSize.width} ${sparkSize.height}`} aria-hidden="true">
      <path d={sparkPath(values)} />
    </svg>
  );
}

interface SparklineProps {
  run: Run;
  metric: string;
  isScrolling: () => boolean;
}

/** An SVG path through the values from left to right; what is no number leaves a gap. */
export function sparkPath(values: readonly (number | null)[]): string {
  const known = values.filter((each) => each !== null);
  if (known.length < 2) return '';
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const across = (sparkSize.width - 2) / (values.length - 1);
  let pen = 'M';
  return values
    .map((value, at) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const y = sparkSize.height - 2 - ((value - low) / span) * (sparkSize.height - 4);
      const step = `${pen}${(1 + at * across).toFixed(1)} ${y.toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}
