import { useCallback, useEffect, useState } from 'react';
import { ForebayError } from '../../src/api/errors.ts';
import type { DiffSummary } from '../../src/api/schemas.ts';
import { wait } from '../../src/client/http/wait.ts';
import { useHost } from '../host.ts';
import type { Failure } from '../live/useLive.ts';

/** Milliseconds between two questions while the versions are being compared; each waits for a while itself. */
const pause = 150;
/** And until what failed is tried again. */
const again = 2000;

/** What changed, and how much; while that takes its time, how far it is. */
export function useSummary(
  dataset: string,
  from: number,
  to: number,
): { summary: DiffSummary | undefined; failure: Failure | null; retry: () => void } {
  const { client } = useHost();
  const [state, setState] = useState<{ summary: DiffSummary | undefined; failure: Failure | null }>({
    summary: undefined,
    failure: null,
  });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const end = new AbortController();
    const read = async () => {
      setState({ summary: undefined, failure: null });
      while (!end.signal.aborted) {
        const pair = { dataset, from: `v${from}`, to: `v${to}` };
        try {
          const summary = await client.versions.diffSummary(pair, end.signal);
          if (!end.signal.aborted) setState({ summary, failure: null });
          if (summary.ready) return;
          await wait(pause, end.signal);
        } catch (thrown) {
          if (end.signal.aborted) return;
          const error = ForebayError.from(thrown);
          setState(({ summary, failure }) => ({
            summary,
            failure: { error, since: failure?.since ?? Date.now() },
          }));
          // What was asked wrongly is so the next time too.
          if (error.status < 500) return;
          await wait(again, end.signal);
        }
      }
    };
    void read();
    return () => end.abort();
  }, [client, dataset, from, to, attempt]);
  return { ...state, retry: useCallback(() => setAttempt((nth) => nth + 1), []) };
}
