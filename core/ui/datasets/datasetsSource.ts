import { isForebayError } from '../../src/api/errors.ts';
import type { Dataset } from '../../src/api/schemas.ts';
import type { Client } from '../../src/client/client.ts';
import type { ListSource } from '../live/ListFeed.ts';

/** Every dataset, as the hub knows it already; what is new comes as events. */
export function datasetsSource(client: Client): ListSource<Dataset> {
  const one = async (name: string) => {
    try {
      return [await client.datasets.get(name)];
    } catch (error) {
      if (isForebayError(error, 'dataset-unknown')) return [];
      throw error;
    }
  };
  return {
    keyOf: ({ name }) => name,
    page: (limit, cursor) => client.datasets.page({ limit, cursor, fresh: false }),
    some: async (names) => (await Promise.all(names.map(one))).flat(),
    touches: ({ kind, subject }) => (kind === 'dataset' ? subject : kind === 'lake' ? 'all' : null),
  };
}
