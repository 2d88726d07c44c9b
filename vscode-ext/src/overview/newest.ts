import type { Dataset } from '@forebay/core/api/schemas';
import type { Client, Page, PageRequest } from '@forebay/core/client';

/** What is asked of the daemon: all datasets as last known, or one. */
export type Asked = Pick<Client['datasets'], 'page' | 'get'>;

const atOnce = 1000;

/**
 * The dataset with the newest version, `before` being what it was: only `stale` datasets are read again, all where
 * that can't tell (undefined among them, or the newest itself went or lost its version).
 */
export async function readNewest(
  datasets: Asked,
  before: Dataset | undefined,
  stale: readonly (string | undefined)[],
): Promise<Dataset | undefined> {
  if (stale.length === 0) return before;
  if (stale.includes(undefined)) return newestOf(await all(datasets));
  const names = stale.filter((name) => name !== undefined);
  const read = await Promise.all(names.map((name) => datasets.get(name).catch(() => undefined)));
  const known = read.filter((one) => one !== undefined);
  if (before && names.includes(before.name)) {
    const now = known.find(({ name }) => name === before.name);
    if (!now || timeOf(now) < timeOf(before)) return newestOf(await all(datasets));
    return newestOf(known);
  }
  return newestOf(before ? [before, ...known] : known);
}

async function all(datasets: Asked): Promise<Dataset[]> {
  const items: Dataset[] = [];
  let cursor: PageRequest['cursor'];
  do {
    const page: Page<Dataset> = await datasets.page({ cursor, limit: atOnce, fresh: false });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

function newestOf(datasets: readonly Dataset[]): Dataset | undefined {
  const [first, ...others] = datasets.filter(({ latest }) => latest !== null);
  return others.reduce((newest, one) => (timeOf(newest as Dataset) >= timeOf(one) ? newest : one), first);
}

const timeOf = ({ latest }: Dataset) => (latest === null ? 0 : Date.parse(latest.time));
