import { formatAge } from '@forebay/core/api/text/moment';
import { formatBytes } from '@forebay/core/api/text/units';
import { type Level, levelIcon, levelWords } from '../levels/level.ts';
import { say } from '../tree/row.ts';
import { refOf } from '../tree/target.ts';
import type { Standing } from './standing.ts';

/** A line above a mount, and what a click on it does. */
export interface LensText {
  title: string;
  act: 'none' | 'cache' | 'cancel' | 'newest' | 'problem';
}

/** Answer first: which version, where it is, then what can be done. */
export function lensTexts(standing: Standing, level: Level, now: number): LensText[] {
  switch (standing.kind) {
    case 'unread':
      return [];
    case 'no-dataset':
      return [{ title: `${sign('warning')}There is no dataset ${standing.name}`, act: 'none' }];
    case 'no-version': {
      const { name, selector, newest } = standing;
      const missing = `${sign('warning')}There is no ${name}@${selector}`;
      if (newest === null) return [{ title: `${missing}: the dataset is empty`, act: 'none' }];
      return [
        { title: missing, act: 'none' },
        { title: `Use v${newest}, the newest`, act: 'newest' },
      ];
    }
    case 'there': {
      const { name, number, version, newest } = standing;
      const about = version && [formatBytes(version.bytes), formatAge(version.time, now)];
      const ref = refOf({ dataset: name, version: number });
      const state: LensText = {
        title: `${sign(levelIcon(level))}${say(ref, ...(about ?? []), levelWords(level))}`,
        act: 'none',
      };
      const newer: LensText[] = newest > number ? [{ title: `v${newest} is newer`, act: 'newest' }] : [];
      return [state, ...cachingLens(level), ...newer];
    }
  }
}

/** Above code the editor drops a plain space behind an icon. */
const sign = (icon: string) => `$(${icon})\u00a0`;

function cachingLens(level: Level): LensText[] {
  switch (level.kind) {
    case 'lake':
      return [{ title: 'Cache now', act: 'cache' }];
    case 'failed':
      return [
        { title: 'Why', act: 'problem' },
        { title: 'Try again', act: 'cache' },
      ];
    case 'queued':
    case 'filling':
      return [{ title: 'Cancel', act: 'cancel' }];
    default:
      return [];
  }
}
