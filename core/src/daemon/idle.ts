/** What keeps a daemon alive. */
export interface Use {
  /** Requests that are being answered, streams included. */
  open: number;
  jobs: number;
  /** Of processes and connections; a mount until unmount outlives the daemon. */
  leases: number;
}

/** How long a daemon waits, milliseconds, after its last client, lease and job. */
export const idlePatience = 10 * 60_000;

/** Since when nothing has used the daemon; undefined while something does. */
export function idleSince(before: number | undefined, use: Use, now: number): number | undefined {
  if (use.open > 0 || use.jobs > 0 || use.leases > 0) return undefined;
  return before ?? now;
}
