import type { HistoryEntry } from '../../src/api/schemas.ts';

const fills: Record<string, string> = {
  person: 'Cached by a person',
  mount: 'Cached for a mount',
  refill: 'Healed from the lake',
};

const evictions: Record<string, string> = {
  'aged-out': 'Aged out',
  person: 'Cleared by a person',
  replaced: 'Replaced by what was filled anew',
  damaged: 'Cleared, being damaged',
  detached: 'Cleared with its cache',
};

/** 'Pushed out for mnist@v2', 'Cached for a mount', 'Filling failed: ...' */
export function sayEntry({ kind, outcome, reason, for: wanted, problem }: HistoryEntry): string {
  const what = kind === 'fill' ? 'Filling' : 'Clearing';
  if (outcome === 'cancelled') return `${what} was cancelled`;
  if (outcome === 'failed') return `${what} failed${problem === null ? '' : `: ${problem}`}`;
  if (kind === 'fill') return fills[reason] ?? 'Cached';
  if (reason === 'pressure') return wanted === null ? 'Pushed out' : `Pushed out for ${wanted}`;
  return evictions[reason] ?? 'Cleared';
}
