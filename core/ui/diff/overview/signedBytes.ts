import { formatBytes } from '../../../src/api/text/units.ts';

/** '+1.2 MB', '−112 MB', '' where nothing changed. */
export function signedBytes(more: number): string {
  return more === 0 ? '' : `${more > 0 ? '+' : '−'}${formatBytes(Math.abs(more))}`;
}
