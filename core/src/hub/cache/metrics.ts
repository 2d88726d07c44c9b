import type { CacheStats } from '../../api/index.ts';

interface Sample {
  labels?: Record<string, string>;
  value: number;
}

interface Family {
  name: string;
  help: string;
  type: 'gauge' | 'counter';
  samples: Sample[];
}

/**
 * Prometheus' text exposition format 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
 * Every number comes out of the database, so no library that counts in memory would be of use here.
 */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

export function metricsText(families: readonly Family[]): string {
  return families
    .filter((family) => family.samples.length > 0)
    .map(({ name, help, type, samples }) =>
      [
        `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
        `# TYPE ${name} ${type}`,
        ...samples.map(({ labels = {}, value }) => `${name}${labelText(labels)} ${value}`),
        '',
      ].join('\n'),
    )
    .join('');
}

function labelText(labels: Record<string, string>): string {
  const all = Object.entries(labels).map(([name, value]) => {
    const escaped = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
    return `${name}="${escaped}"`;
  });
  return all.length > 0 ? `{${all.join(',')}}` : '';
}

/** Base units and names as Prometheus wants them: bytes, seconds, `_total`. */
export function familiesOf(caches: readonly CacheStats[]): Family[] {
  const gauge = (name: string, help: string, of: (cache: CacheStats) => number | null): Family => ({
    name: `forebay_cache_${name}`,
    help,
    type: 'gauge',
    samples: caches.flatMap((cache) => {
      const value = of(cache);
      return value === null ? [] : [{ labels: { cache: cache.cache }, value }];
    }),
  });
  const counter = (name: string, help: string, of: (cache: CacheStats) => number): Family => ({
    ...gauge(name, help, of),
    type: 'counter',
  });
  const by = (
    label: string,
    name: string,
    help: string,
    of: (cache: CacheStats) => Record<string, number>,
  ): Family => ({
    name: `forebay_cache_${name}`,
    help,
    type: 'counter',
    samples: caches.flatMap((cache) =>
      Object.entries(of(cache)).map(([key, value]) => ({
        labels: { cache: cache.cache, [label]: key },
        value,
      })),
    ),
  });
  const timeOf = (time: string | null | undefined) => (time ? Date.parse(time) / 1000 : null);
  return [
    gauge('committed_bytes', 'Capacity of the cache.', (c) => c.capacity),
    gauge('used_bytes', 'Taken by placements, and by what is not deleted yet.', (c) => c.used),
    gauge('reserved_bytes', 'Promised to fills under way.', (c) => c.reserved),
    gauge('free_bytes', 'Left, of the capacity or of the disk, whichever is less.', (c) => c.free),
    gauge('trash_bytes', 'Evicted, not deleted yet.', (c) => c.trash),
    gauge('committed_inodes', 'Files, folders and links that the cache may hold.', (c) => c.inodeCapacity),
    gauge('used_inodes', 'Inodes taken by placements.', (c) => c.usedInodes),
    gauge('reserved_inodes', 'Inodes promised to fills under way.', (c) => c.reservedInodes),
    gauge('free_inodes', 'Inodes left.', (c) => c.inodesFree),
    gauge('placements', 'Versions that are ready.', (c) => c.placements),
    gauge('pinned_placements', 'Versions that are pinned.', (c) => c.pinned),
    gauge('leased_placements', 'Versions that somebody uses now.', (c) => c.leased),
    counter('hits_total', 'Requests that found their version ready.', (c) => c.hits),
    counter('misses_total', 'Requests whose version had to be filled.', (c) => c.misses),
    counter(
      'served_bytes_total',
      'Bytes of versions that were mounted from the cache instead of the lake.',
      (c) => c.servedBytes,
    ),
    counter('filled_bytes_total', 'Bytes that fills took from the lake.', (c) => c.filledBytes),
    by('reason', 'fills_total', 'Fills that were finished, by who asked.', (c) => c.fills),
    by('outcome', 'fills_lost_total', 'Fills that failed or were cancelled.', (c) => c.fillsLost),
    by('reason', 'evictions_total', 'Evictions, by reason.', (c) => c.evictions),
    gauge('fill_bytes_per_second', 'Average of measured fills, or what is assumed.', (c) => c.bytesPerSecond),
    gauge('fill_files_per_second', 'Average of measured fills, or what is assumed.', (c) => c.filesPerSecond),
    gauge('next_age_out_timestamp_seconds', 'When the next version ages out.', (c) =>
      timeOf(c.agesOut[0]?.at),
    ),
    counter('scrubbed_bytes_total', 'Bytes that were read again to prove them.', (c) => c.scrub.bytes),
    counter('damaged_files_total', 'Files that were found to be wrong.', (c) => c.scrub.damagedFiles),
    gauge('damaged_files', 'Files that are wrong now.', (c) => c.scrub.damagedNow),
    gauge(
      'oldest_verification_timestamp_seconds',
      'When the version was proved that was not proved for longest.',
      (c) => timeOf(c.scrub.oldest),
    ),
  ];
}
