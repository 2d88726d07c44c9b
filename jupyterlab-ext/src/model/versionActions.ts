import type { Level } from '@forebay/core/ui/level/level';

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

export function canCache({ kind }: Level): boolean {
  return kind === 'lake' || kind === 'failed';
}

/** What a failed fill left behind can be cleared too. */
export function canClear({ kind }: Level): boolean {
  return kind === 'cached' || kind === 'failed';
}
