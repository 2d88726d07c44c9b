/** Up to three of `names` that `name` may have been meant for: few edits away, or containing it. Nearest first. */
export function nearestNames(name: string, names: readonly string[]): string[] {
  const allowed = Math.max(2, Math.floor(name.length / 3));
  return names
    .map((candidate) => ({
      candidate,
      distance:
        candidate.includes(name) || name.includes(candidate) ? 1 : editDistance(name, candidate, allowed),
    }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Levenshtein's; more than `limit` may be given as any number above it. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
