/** A version never changes: why, and what to do instead. */
export const readOnly = (wish: string): Error =>
  new Error(
    `A version never changes, so nobody can ${wish}. Save a copy in a folder of your own; syncing that folder makes a new version.`,
  );
