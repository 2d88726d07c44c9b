/** Of what is free; the rest is for what else grows on the disk. */
const share = 0.8;

/** Bytes that a new cache may take of a disk with this many bytes free: a round number, two digits, never more than the share. */
export function suggestCapacity(free: number): number {
  const most = free * share;
  if (most < 1) return 1;
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(most)) - 1);
  return Math.floor(most / digit) * digit;
}
