import type { Run } from '../../api/schemas.ts';
import type { Client } from '../client.ts';

/** Runs that were started within a run, and within those, in the order in which they began. */
export async function runsWithin(client: Client, { id }: Pick<Run, 'id'>): Promise<Run[]> {
  const within: Run[] = [];
  for (let cursor: string | undefined; ; ) {
    const filter = `tags.\`mlflow.parentRunId\` = '${id}'`;
    const { items, next } = await client.runs.list({ filter, ...(cursor === undefined ? {} : { cursor }) });
    for (const run of items) within.push(run, ...(await runsWithin(client, run)));
    if (next === null) return within.sort((a, b) => Date.parse(a.started) - Date.parse(b.started));
    cursor = next;
  }
}
