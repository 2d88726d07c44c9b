import type { Version } from '../../src/api/schemas.ts';
import type { Client } from '../../src/client/client.ts';
import type { ListSource } from '../live/ListFeed.ts';

/** A dataset's versions, newest first. */
export function versionsSource({ versions }: Client, dataset: string): ListSource<Version> {
  return {
    keyOf: ({ version }) => String(version),
    page: (limit, cursor) => versions.page(dataset, { limit, cursor }),
    // Nothing tells which version changed.
    some: async () => [],
    touches: ({ kind, subject }) =>
      (kind === 'dataset' && subject === dataset) || kind === 'lake' ? 'all' : null,
  };
}
