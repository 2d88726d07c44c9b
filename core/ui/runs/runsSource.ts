import type { Run } from '../../src/api/schemas.ts';
import type { Client } from '../../src/client/client.ts';
import { collect } from '../../src/client/http/pages.ts';
import type { ListSource } from '../live/ListFeed.ts';

export interface Wanted {
  experiment: string;
  /** MLflow's grammar. */
  filter: string;
  deleted: boolean;
}

/** The runs that are wanted. */
export function runsSource(client: Client, wanted: Wanted): ListSource<Run> {
  const { experiment, filter, deleted } = wanted;
  const list = (limit: number, cursor?: string, also?: string) => {
    const conditions = [filter.trim(), also].filter(Boolean).join(' and ');
    return client.runs.list({
      ...{ brief: true, limit, deleted },
      ...(experiment === '' ? {} : { experiment }),
      ...(conditions === '' ? {} : { filter: conditions }),
      ...(cursor === undefined ? {} : { cursor }),
    });
  };
  return {
    keyOf: ({ id }) => id,
    page: list,
    some: async (ids) => {
      const those = ids.map((id) => `'${id.replaceAll("'", '')}'`).join(', ');
      return (await list(ids.length, undefined, `attributes.run_id IN (${those})`)).items;
    },
    touches: ({ kind, subject }) => (kind === 'run' ? subject : null),
  };
}

/** All of them, the latest first, however many a table has read by now. */
export async function readRuns(source: ListSource<Run>): Promise<Run[]> {
  const all = await collect(({ cursor }) => source.page(1000, cursor));
  // What began in between moves the pages, and may then come twice.
  return [...new Map(all.map((run) => [run.id, run])).values()];
}
