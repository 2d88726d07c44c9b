import { useRef, useState } from 'react';
import { ForebayError } from '../../src/api/errors.ts';

export type Tested<T> =
  | { state: 'idle' }
  | { state: 'running' }
  | { state: 'done'; found: T }
  | { state: 'failed'; error: ForebayError };

export interface Test<T> {
  tested: Tested<T>;
  /** What came of it; undefined where it was given up, or could not be asked. */
  run: (test: () => Promise<T>) => Promise<T | undefined>;
  /** Forgets what was found, as when what it was about is changed; an answer that still comes is dropped. */
  forget: () => void;
}

export function useTest<T>(): Test<T> {
  const [tested, setTested] = useState<Tested<T>>({ state: 'idle' });
  const turn = useRef(0);
  return {
    tested,
    run: async (test) => {
      const mine = ++turn.current;
      setTested({ state: 'running' });
      try {
        const found = await test();
        if (mine !== turn.current) return undefined;
        setTested({ state: 'done', found });
        return found;
      } catch (error) {
        if (mine === turn.current) setTested({ state: 'failed', error: ForebayError.from(error) });
        return undefined;
      }
    },
    forget: () => {
      turn.current++;
      setTested({ state: 'idle' });
    },
  };
}
