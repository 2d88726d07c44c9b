import { ForebayError } from '@forebay/core/api/errors';
import { notArchived } from '@forebay/core/api/run/runTags';
import type { Dataset, Version } from '@forebay/core/api/schemas';
import type { Client, Page, PageRequest } from '@forebay/core/client';
import type { RefreshPlan } from '../model/refreshPlan.ts';
import type { Snapshot, VersionList } from '../model/snapshot.ts';

export const pageSize = 100;
/** The command line lists the rest. */
const runsShown = 20;

/** Pages from the beginning until as many items as before are there, at least one page. */
async function readAgain<T>(
  read: (request: PageRequest) => Promise<Page<T>>,
  before: number,
): Promise<Page<T>> {
  let page = await read({ limit: pageSize });
  const items = [...page.items];
  while (page.next !== null && items.length < before) {
    page = await read({ limit: pageSize, cursor: page.next });
    items.push(...page.items);
  }
  return { items, next: page.next };
}

async function readVersions(client: Client, name: string, before: number): Promise<VersionList> {
  try {
    const page = await readAgain<Version>((request) => client.versions.page(name, request), before);
    return { ...page, state: 'ready', error: null };
  } catch (error) {
    return { items: [], next: null, state: 'failed', error: ForebayError.from(error) };
  }
}

/** Reads what the plan names, as the parts of a snapshot that change. */
export async function readParts(
  client: Client,
  plan: RefreshPlan,
  before: Snapshot,
): Promise<Partial<Snapshot>> {
  const [status, placements, datasets, runs, versions] = await Promise.all([
    plan.status ? client.app.status() : null,
    plan.placements ? client.placements.list() : null,
    plan.datasets
      ? readAgain<Dataset>((request) => client.datasets.page(request), before.datasets.length)
      : null,
    plan.runs ? client.runs.list({ limit: runsShown, filter: notArchived }) : null,
    Promise.all(
      plan.versions.map(async (name) => {
        const known = before.versions.get(name)?.items.length ?? 0;
        return [name, await readVersions(client, name, known)] as const;
      }),
    ),
  ]);
  return {
    ...(status ? { lake: status.lake, caches: status.caches, jobs: status.jobs } : {}),
    // What is cached in part is not the version: it stands apart.
    ...(placements
      ? {
          placements: placements.filter(({ selection }) => !selection),
          parts: placements.filter(({ selection }) => selection !== null),
        }
      : {}),
    ...(datasets ? { datasets: datasets.items, nextDatasets: datasets.next } : {}),
    ...(runs ? { runs: runs.items } : {}),
    ...(versions.length > 0 ? { versions: new Map([...before.versions, ...versions]) } : {}),
  };
}
