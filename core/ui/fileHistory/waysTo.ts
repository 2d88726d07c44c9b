import type { FileChange } from '../../src/api/schemas.ts';

/** What can be looked at of a change: the file as it was in a version, or in two beside each other. */
export type Way = { kind: 'open'; version: number } | { kind: 'compare'; from: number; to: number };

/** What became of a file in a version, of all that is known of it. The version before has what was there before. */
export function waysTo({ version: { version }, is }: FileChange, all: readonly FileChange[]): Way[] {
  const numbers = all.map((other) => other.version.version).filter((other) => other < version);
  const before = numbers.length > 0 ? Math.max(...numbers) : undefined;
  const open = is === 'removed' ? before : version;
  return [
    ...(open === undefined ? [] : [{ kind: 'open', version: open } as const]),
    ...(is === 'changed' && before !== undefined
      ? [{ kind: 'compare', from: before, to: version } as const]
      : []),
  ];
}
