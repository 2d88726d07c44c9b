/** Milliseconds to wait after so many failures in a row: 1 s, 2 s, 4 s, at most a minute. */
export const pauseAfter = (failures: number): number => Math.min(60_000, 1000 * 2 ** (failures - 1));

/** The same for one run that the server refuses: 30 s, a minute, at most ten. */
export const pauseOfRun = (refusals: number): number => Math.min(600_000, 30_000 * 2 ** (refusals - 1));
