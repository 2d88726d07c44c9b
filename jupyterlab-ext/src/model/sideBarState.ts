/** What a person chose in the side bar, kept over reloads. */
export interface SideBarState {
  filter: string;
  cachedOnly: boolean;
  /** Names of opened datasets. */
  expanded: readonly string[];
  /** Key of the chosen row. */
  active: string | null;
}

export const usualState: SideBarState = { filter: '', cachedOnly: false, expanded: [], active: null };

/** What was kept, as far as it can be understood. */
export function readSideBarState(kept: unknown): SideBarState {
  if (typeof kept !== 'object' || kept === null) return usualState;
  const { filter, cachedOnly, expanded, active } = kept as Record<string, unknown>;
  return {
    filter: typeof filter === 'string' ? filter : '',
    cachedOnly: cachedOnly === true,
    expanded: Array.isArray(expanded) ? expanded.filter((name) => typeof name === 'string') : [],
    active: typeof active === 'string' ? active : null,
  };
}

export interface KeptState {
  first: SideBarState;
  keep: (state: SideBarState) => void;
}
