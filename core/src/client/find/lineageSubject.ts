import { isForebayError } from '../../api/errors.ts';
import { parseRef } from '../../api/ref.ts';
import type { Client } from '../client.ts';
import { findRun } from './run.ts';

/** What a person means: `NAME@SEL`, a dataset's name, a model's id, or a run by id or name. Throws `run-unknown`. */
export async function lineageSubject(client: Client, what: string): Promise<string> {
  if (/^(m-)?[0-9a-f]{32}$/.test(what) || isVersion(what)) return what;
  const dataset = await client.datasets.get(what).catch((error: unknown) => {
    if (isForebayError(error, 'dataset-unknown', 'bad-name')) return undefined;
    throw error;
  });
  return dataset ? `${dataset.name}@latest` : (await findRun(client, what)).id;
}

/** A run's name may hold an @ too. */
function isVersion(what: string): boolean {
  try {
    return what.includes('@') && parseRef(what).path === '';
  } catch {
    return false;
  }
}
