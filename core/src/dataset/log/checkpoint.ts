/** A checkpoint's bytes: the state as RFC 8785 JSON, so that whoever writes it writes the same. */
export function encodeCheckpoint(state: { seq: number }): Uint8Array {
  return Buffer.from(canonicalJson(state));
}

/**
 * Undefined where the bytes are no state of exactly this shape (a later program's says more than this one understands):
 * checkpoints are optional, the records are not.
 */
export function parseCheckpoint<S extends { seq: number }>(bytes: Uint8Array, empty: S): S | undefined {
  try {
    const json = JSON.parse(Buffer.from(bytes).toString());
    const same = Object.keys(json).sort().join() === Object.keys(empty).sort().join();
    return same ? json : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 8785: members in the order of their names' UTF-16 units, no white space, ECMAScript's numbers and strings. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
