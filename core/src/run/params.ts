import { invalid } from './error.ts';
import { checkKey, longest, truncate } from './names.ts';
import type { RunDatabase } from './store/open.ts';
import type { Tag } from './tags.ts';

/**
 * A parameter is set once: the same value again is fine, another is refused, since what was reported would no longer be
 * what ran. The caller has checked that the run is there.
 */
export async function setParams(db: RunDatabase, runId: string, given: readonly Tag[]): Promise<void> {
  const params = given.map(({ key, value }) => ({ key, value: truncate(longest.param, value) }));
  if (params.length === 0) return;
  for (const { key } of params) checkKey('parameter', key);
  const keys = params.map(({ key }) => key);
  const twice = [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))];
  if (twice.length > 0) {
    throw invalid(
      `Duplicate parameter keys have been submitted: ${listed(twice)}. Please ensure the request contains only one param value per param key.`,
    );
  }
  const there = await db
    .selectFrom('param')
    .select(['key', 'value'])
    .where('run_id', '=', runId)
    .where('key', 'in', keys)
    .execute();
  const known = new Map(there.map(({ key, value }) => [key, value]));
  const changed = params.filter(({ key, value }) => known.has(key) && known.get(key) !== value);
  if (changed.length > 0) throw refusal(runId, changed, known);
  const added = params.filter(({ key }) => !known.has(key));
  if (added.length === 0) return;
  await db
    .insertInto('param')
    .values(added.map(({ key, value }) => ({ run_id: runId, key, value })))
    .execute();
}

function refusal(runId: string, changed: readonly Tag[], known: ReadonlyMap<string, string>) {
  const [first] = changed;
  if (changed.length === 1 && first) {
    return invalid(
      `Changing param values is not allowed. Param with key='${first.key}' was already logged with value='${known.get(first.key)}' for run ID='${runId}'. Attempted logging new value '${first.value}'.`,
    );
  }
  const all = changed.map(
    ({ key, value }) => `{'key': '${key}', 'old_value': '${known.get(key)}', 'new_value': '${value}'}`,
  );
  return invalid(
    `Changing param values is not allowed. Params were already logged='[${all.join(', ')}]' for run ID='${runId}'.`,
  );
}

const listed = (keys: readonly string[]) => `[${keys.map((key) => `'${key}'`).join(', ')}]`;
