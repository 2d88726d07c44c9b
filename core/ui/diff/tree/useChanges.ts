import { useEffect, useState } from 'react';
import { useHost } from '../../host.ts';
import type { Failure } from '../../live/useLive.ts';
import type { Branch } from './Branch.ts';
import { ChangesFeed, type ChangesQuery } from './ChangesFeed.ts';

export interface Changes {
  root: Branch;
  failure: Failure | null;
  /** Reads what of these lines isn't here yet. */
  need: (from: number, to: number) => void;
  open: (branch: Branch, at: number) => void;
  close: (branch: Branch, at: number) => void;
  reload: () => void;
}

/** What differs, read page by page as it comes into sight. */
export function useChanges(query: ChangesQuery, changes: number | undefined): Changes {
  const { client } = useHost();
  const [state, setState] = useState(() => ({
    feed: new ChangesFeed(client, query, () => undefined),
    revision: 0,
  }));
  const key = JSON.stringify(query);
  useEffect(() => {
    const feed = new ChangesFeed(client, JSON.parse(key) as ChangesQuery, () =>
      setState(({ revision }) => ({ feed, revision: revision + 1 })),
    );
    setState(({ revision }) => ({ feed, revision: revision + 1 }));
    feed.need(0, 1);
    return () => feed.stop();
  }, [client, key]);
  const { feed } = state;
  useEffect(() => feed.openSmall(changes), [feed, changes]);
  return {
    root: feed.root,
    failure: feed.failure,
    need: (from, to) => feed.need(from, to),
    open: (branch, at) => feed.open(branch, at),
    close: (branch, at) => feed.close(branch, at),
    reload: () => feed.reload(),
  };
}
