import { useEffect, useState } from 'react';
import { ForebayError } from '../../src/api/errors.ts';
import type { VersionStatistics } from '../../src/api/schemas.ts';
import { useHost } from '../host.ts';
import type { Failure } from '../live/useLive.ts';

/** Milliseconds between two questions while more is being found out; the answer itself waits a moment. */
const again = { more: 100, failed: 2000 };

/** A version's statistics as they become known. */
export function useStatistics(dataset: string, version: number) {
  const { client } = useHost();
  const [value, setValue] = useState<VersionStatistics>();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const end = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      try {
        const got = await client.versions.statistics(dataset, `v${version}`, end.signal);
        if (end.signal.aborted) return;
        setValue(got);
        setFailure(null);
        if (!got.complete) timer = setTimeout(ask, again.more);
      } catch (thrown) {
        if (end.signal.aborted) return;
        const error = ForebayError.from(thrown);
        setFailure((before) => ({ error, since: before?.since ?? Date.now() }));
        if (error.status >= 500) timer = setTimeout(ask, again.failed);
      }
    };
    setValue(undefined);
    void ask();
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }, [client, dataset, version, tries]);
  return { value, failure, reload: () => setTries(tries + 1) };
}
