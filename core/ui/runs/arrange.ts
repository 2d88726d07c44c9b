import { archiveTag, starTag } from '../../src/api/run/runTags.ts';
import type { Run } from '../../src/api/schemas.ts';
import { type Column, nameColumn } from './columns.ts';
import type { Shown } from './runsView.ts';

export type TableRow =
  | { kind: 'run'; run: Run }
  | { kind: 'group'; key: string; text: string; count: number; open: boolean };

export interface Arrangement {
  search: string;
  shown: Shown;
  sort: string;
  group: string;
  /** Keys of groups that are folded. */
  folded: ReadonlySet<string>;
}

/** The rows of a table in their order: searched, sorted, and in groups where that is asked for. */
export function arrange(runs: readonly Run[], columns: readonly Column[], wanted: Arrangement): TableRow[] {
  const find = (id: string) => [nameColumn, ...columns].find((column) => column.id === id);
  const kept = findRuns(runs, wanted);
  const by = find(wanted.sort.replace(/^-/, ''));
  const sorted = by ? sortRuns(kept, by, wanted.sort.startsWith('-')) : kept;
  const group = find(wanted.group);
  if (!group) return sorted.map((run) => ({ kind: 'run', run }));
  const groups = Map.groupBy(sorted, (run) => group.text(run));
  return [...groups].flatMap(([text, members]): TableRow[] => {
    const open = !wanted.folded.has(text);
    const head = { kind: 'group', key: text, text: text || 'none', count: members.length, open } as const;
    return [head, ...(open ? members.map((run) => ({ kind: 'run', run }) as const) : [])];
  });
}

/** Those that are searched for and shown, whether or not their group is folded. */
export function findRuns(
  runs: readonly Run[],
  { search, shown }: Pick<Arrangement, 'search' | 'shown'>,
): Run[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => isShown(run, shown) && matches(run, words));
}

function isShown({ tags, deleted }: Run, shown: Shown): boolean {
  if (shown === 'deleted') return deleted;
  if (deleted) return false;
  const archived = tags[archiveTag] === 'true';
  if (shown === 'archived') return archived;
  return !archived && (shown === 'active' || tags[starTag] === 'true');
}

/** Every word stands somewhere in what a person sees of the run. */
function matches(run: Run, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { name, state, user, experiment, datasets, params, tags, command, id } = run;
  const data = datasets.map((each) => `${each.name}@v${each.version ?? ''}`);
  const pairs = [...Object.entries(params), ...Object.entries(tags)].map(([key, value]) => `${key}=${value}`);
  const text = [name, state, user, experiment.name, id, ...data, ...pairs, ...(command ?? [])].join(' ');
  const low = text.toLowerCase();
  return words.every((word) => low.includes(word));
}

/** What a run doesn't have comes last in both directions; what is equal stays as it was. */
export function sortRuns(runs: readonly Run[], { value }: Column, descending: boolean): Run[] {
  const valued = runs.map((run) => ({ run, value: value(run) }));
  const collator = new Intl.Collator(undefined, { numeric: true });
  return valued
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      const order =
        typeof a.value === 'number' && typeof b.value === 'number'
          ? a.value - b.value
          : collator.compare(String(a.value), String(b.value));
      return descending ? -order : order;
    })
    .map(({ run }) => run);
}
