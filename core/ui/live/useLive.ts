import { type DependencyList, useCallback, useEffect, useRef, useState } from 'react';
import { ForebayError } from '../../src/api/errors.ts';
import type { ChangeEvent } from '../../src/api/schemas.ts';
import type { Client } from '../../src/client/client.ts';
import { useHost } from '../host.ts';

export interface Failure {
  error: ForebayError;
  /** Milliseconds since 1970: when it was last well. */
  since: number;
}

export interface Live<T> {
  /** As last read; stays when a later read fails. */
  value: T | undefined;
  failure: Failure | null;
  reload: () => void;
  /** What somebody knows to be the value now, as from the answer to a change. */
  set: (value: T) => void;
}

/** Milliseconds: changes gather between two reads; what failed is tried again. */
const gather = 100;
const retry = 2000;

/**
 * Reads once, again whenever something changes that `concerns` it, and again until it succeeds when nobody answered.
 * One read at a time: an older answer never overwrites a newer one.
 */
export function useLive<T>(
  read: (client: Client, signal: AbortSignal) => Promise<T>,
  concerns: (event: ChangeEvent) => boolean,
  dependencies: DependencyList,
): Live<T> {
  const { client } = useHost();
  const [state, setState] = useState<{ value: T | undefined; failure: Failure | null }>({
    value: undefined,
    failure: null,
  });
  const again = useRef<() => void>(() => undefined);
  // Who calls says on what its read depends.
  useEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let reading = false;
    let stale = false;
    let ended = Number.NEGATIVE_INFINITY;
    const readSoon = (wait: number) => {
      if (reading) stale = true;
      else timer ??= setTimeout(readNow, wait);
    };
    const readNow = async () => {
      clearTimeout(timer);
      timer = undefined;
      reading = true;
      stale = false;
      let wait: number | undefined;
      try {
        const value = await read(client, signal);
        if (!signal.aborted) setState({ value, failure: null });
      } catch (thrown) {
        if (signal.aborted) return;
        const error = ForebayError.from(thrown);
        setState(({ value, failure }) => ({
          value,
          failure: { error, since: failure?.since ?? Date.now() },
        }));
        // What was asked wrongly, or isn't there, is so the next time too.
        if (error.status >= 500) wait = retry;
      }
      reading = false;
      ended = performance.now();
      if (signal.aborted) return;
      if (stale) readSoon(gather);
      else if (wait !== undefined) readSoon(wait);
    };
    again.current = () => {
      clearTimeout(timer);
      timer = undefined;
      readSoon(0);
    };
    const onEvent = (event: ChangeEvent) => {
      // What changes after a while of quiet is read at once.
      if (event.kind === 'reset' || concerns(event))
        readSoon(Math.max(0, ended + gather - performance.now()));
    };
    const onConnection = (connected: boolean) => {
      if (!connected) readSoon(0);
    };
    setState(({ failure }) => ({ value: undefined, failure }));
    void client.events.subscribe(onEvent, signal, { onConnection });
    readSoon(0);
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }, [client, ...dependencies]);
  return {
    ...state,
    reload: useCallback(() => again.current(), []),
    set: useCallback((value: T) => setState({ value, failure: null }), []),
  };
}

/** Nothing that changes concerns it. */
export const never = () => false;

export const concernsRun = (id: string) => (event: ChangeEvent) =>
  event.kind === 'run' && event.subject === id;
