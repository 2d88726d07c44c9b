import { pinIcon } from '../icons/index.ts';
import type { Level } from '../model/level.ts';

/** Stands beside a full basin whose version is kept for good. */
export function Pin({ level }: { level: Level }) {
  if (level.kind !== 'cached' || !level.placement.pinned) return null;
  return <pinIcon.react tag="span" className="fb-icon fb-pin" />;
}
