import { Icon } from '../parts/Icon.tsx';
import type { Level } from './level.ts';

/** Stands beside a full basin whose version is kept for good. */
export function Pin({ level }: { level: Level }) {
  if (level.kind !== 'cached' || !level.placement.pinned) return null;
  return <Icon name="pin" filled className="fb-pin" />;
}
