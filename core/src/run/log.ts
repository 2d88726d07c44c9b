import { invalid } from './error.ts';
import { appendPoints, type NamedPoint } from './metric/append.ts';
import { measureModels } from './model/measure.ts';
import { checkKey } from './names.ts';
import { setParams } from './params.ts';
import { requireActiveRun } from './runRow.ts';
import type { RunDatabase } from './store/open.ts';
import { setTags, type Tag } from './tags.ts';

/** What one call may bring (mlflow/utils/validation.py). */
const most = { metrics: 1000, params: 100, tags: 100, entities: 1000 } as const;

export interface Batch {
  metrics: readonly NamedPoint[];
  params: readonly Tag[];
  tags: readonly Tag[];
}

/** All of it or nothing; sent again, it stands once. */
export async function logBatch(
  db: RunDatabase,
  runId: string,
  { metrics, params, tags }: Batch,
): Promise<void> {
  checkCount('metrics', most.metrics, metrics.length);
  checkCount('params', most.params, params.length);
  checkCount('tags', most.tags, tags.length);
  checkCount('metrics, params, and tags', most.entities, metrics.length + params.length + tags.length);
  for (const { key } of metrics) checkKey('metric', key);
  await db.transaction().execute(async (within) => {
    await requireActiveRun(within, runId);
    await setParams(within, runId, params);
    await appendPoints(within, runId, metrics);
    await measureModels(within, runId, metrics);
    await setTags(within, runId, tags);
  });
}

function checkCount(what: string, limit: number, count: number): void {
  if (count <= limit) return;
  throw invalid(
    `A batch logging request can contain at most ${limit} ${what}. Got ${count} ${what}. Please split up ${what} across multiple requests and try again.`,
  );
}
