/** File systems whose times end in whole seconds tell them to 2 s (FAT); others tick every few milliseconds. */
const coarse = 2000;
const fine = 50;

/**
 * Whether a file that was stat'ed at `now` (by its file system's own clock, milliseconds) could change once more
 * without its ctime showing it (git's "racy" problem).
 */
export function isRacy(ctime: number, now: number): boolean {
  return ctime >= now - (Number.isInteger(ctime / 1000) ? coarse : fine);
}
