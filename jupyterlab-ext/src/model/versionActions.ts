import type { Level } from './level.ts';

/** The one thing that Space and the last icon of a row do. */
export type PrimaryAction =
  | { kind: 'cache' }
  | { kind: 'clear' }
  | { kind: 'cancel'; job: string }
  | { kind: 'none' };

export function primaryAction(level: Level): PrimaryAction {
  switch (level.kind) {
    case 'lake':
    case 'failed':
      return { kind: 'cache' };
    case 'cached':
      return { kind: 'clear' };
    case 'queued':
    case 'filling': {
      const { job } = level.placement;
      return job === null ? { kind: 'none' } : { kind: 'cancel', job };
    }
    case 'clearing':
      return { kind: 'none' };
  }
}
