import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Snapshot } from '../model/snapshot.ts';
import type { IForebay } from '../tokens.ts';

/** What the panel's components reach outside of themselves. */
export interface Host {
  forebay: IForebay;
  run: (command: string, args?: Record<string, string | number>) => void;
}

export const HostContext = createContext<Host | null>(null);

export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error('This component stands outside of the Forebay side bar.');
  return host;
}

export function useSnapshot(): Snapshot {
  const { store } = useHost().forebay;
  return useSyncExternalStore(
    (changed) => {
      store.changed.connect(changed);
      return () => store.changed.disconnect(changed);
    },
    () => store.snapshot,
  );
}

/** True once `milliseconds` have passed: what is quick shows no skeleton. */
export function useAfter(milliseconds: number): boolean {
  const [after, setAfter] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setAfter(true), milliseconds);
    return () => window.clearTimeout(timer);
  }, [milliseconds]);
  return after;
}
