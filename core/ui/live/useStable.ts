import { useCallback, useRef } from 'react';

/** The same function for as long as a component lives, which does what it was last told to. */
export function useStable<A extends unknown[], R>(work: (...args: A) => R): (...args: A) => R {
  const latest = useRef(work);
  latest.current = work;
  return useCallback((...args: A) => latest.current(...args), []);
}
