import type { CacheStore } from '../../api/schemas.ts';
import { formatBytes, formatDuration } from '../../api/text/units.ts';
import type { Paint } from '../session.ts';
import { formatTable } from './table.ts';

export function cacheTable(caches: CacheStore[], paint: Paint): string {
  return formatTable(
    caches,
    [
      { title: 'CACHE', of: (cache) => cache.name },
      { title: 'USED', align: 'right', of: (cache) => formatBytes(cache.used) },
      { title: 'RESERVED', align: 'right', of: (cache) => formatBytes(cache.reserved) },
      { title: 'FREE', align: 'right', of: (cache) => formatBytes(cache.free) },
      { title: 'CAPACITY', align: 'right', of: (cache) => formatBytes(cache.capacity) },
      { title: 'AGES OUT', align: 'right', of: (cache) => formatDuration(cache.ttlSeconds) },
      { title: 'PATH', of: (cache) => `${cache.path}${notes(cache)}` },
    ],
    paint,
  );
}

function notes(cache: CacheStore): string {
  return `${cache.temporary ? ' (temporary)' : ''}${cache.reachable ? '' : ' (not reachable)'}`;
}
