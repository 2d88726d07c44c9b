import { invalid } from './error.ts';
import { checkKey, longest, truncate } from './names.ts';
import type { RunDatabase } from './store/open.ts';
import type { ParamOrigin, ParamRow } from './store/tables.ts';
import type { Tag } from './tags.ts';

/**
 * A parameter is set once: the same value again is fine, another is refused, since what was reported would no longer be
 * what ran. What a person declared is the same in another spelling too; what was only seen among a command's arguments
 * gives way. The caller has checked that the run is there.
 */
export async function setParams(
  db: RunDatabase,
  runId: string,
  given: readonly Tag[],
  origin: ParamOrigin = 'logged',
): Promise<void> {
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
    .select(['key', 'value', 'origin'])
    .where('run_id', '=', runId)
    .where('key', 'in', keys)
    .execute();
  const firm = there.filter(({ origin }) => origin !== 'argument');
  const known = new Map(firm.map((param) => [param.key, param]));
  const changed = params.filter(({ key, value }) => !isSame(known.get(key), value));
  if (changed.length > 0) {
    throw refusal(runId, changed, new Map(firm.map(({ key, value }) => [key, value])));
  }
  const added = params.filter(({ key }) => !known.has(key));
  if (added.length === 0) return;
  await db
    .insertInto('param')
    .values(added.map(({ key, value }) => ({ run_id: runId, key, value, origin })))
    .onConflict((conflict) =>
      conflict
        .columns(['run_id', 'key'])
        .doUpdateSet((e) => ({ value: e.ref('excluded.value'), origin: e.ref('excluded.origin') })),
    )
    .execute();
}

function isSame(known: Pick<ParamRow, 'value' | 'origin'> | undefined, value: string): boolean {
  if (known === undefined || known.value === value) return true;
  return known.origin === 'declared' && meaning(known.value) === meaning(value);
}

/** What is written differently in YAML and by Python and means the same: 1e-3 and 0.001, true and True, null and None. */
function meaning(value: string): string | number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isNaN(number)) return number;
  const word = value.toLowerCase();
  return word === 'null' || word === '~' ? 'none' : ['true', 'false', 'none'].includes(word) ? word : value;
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
