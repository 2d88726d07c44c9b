import { ForebayError, isForebayError } from '../../api/errors.ts';
import type { Run } from '../../api/schemas.ts';
import type { Client } from '../client.ts';

/** By id, the beginning of one (4 digits or more), or name; of several runs with one name the latest. */
export async function findRun({ runs }: Client, which: string): Promise<Run> {
  if (/^[0-9a-f]{32}$/.test(which)) return runs.get(which);
  const like = /^[0-9a-f]{4,}$/.test(which) ? await byIds(runs, which) : [];
  if (like.length > 1) {
    const all = like.map(({ id, name }) => `${id} (${name})`).join(', ');
    throw new ForebayError(
      'bad-request',
      `Several runs begin with '${which}': ${all}.`,
      'Give more of the id.',
    );
  }
  const [found] = like.length === 1 ? like : await byName(runs, which);
  if (found) return found;
  throw new ForebayError('run-unknown', `There is no run '${which}'.`, "'forebay runs ls' lists them.");
}

const byIds = async (runs: Client['runs'], start: string) =>
  (await runs.list({ filter: `attributes.run_id LIKE '${start}%'`, limit: 5 })).items;

async function byName(runs: Client['runs'], name: string): Promise<Run[]> {
  if (name.includes("'")) return [];
  try {
    return (await runs.list({ filter: `attributes.run_name = '${name}'`, limit: 1 })).items;
  } catch (error) {
    if (isForebayError(error, 'bad-request')) return [];
    throw error;
  }
}
