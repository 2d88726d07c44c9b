import type { NamedPoint } from '../metric/append.ts';
import { isNewer, numberOf, storedValue } from '../metric/point.ts';
import type { RunDatabase } from '../store/open.ts';
import { requireModels } from './models.ts';

/** Keeps the newest of what was measured of each model; within a transaction of the caller. */
export async function measureModels(
  db: RunDatabase,
  runId: string,
  points: readonly NamedPoint[],
): Promise<void> {
  await requireModels(db, new Set(points.flatMap(({ model }) => (model ? [model.id] : []))));
  for (const point of points) {
    const { model, key, step, time, value } = point;
    if (!model) continue;
    const which = {
      ...{ model_id: model.id, run_id: runId, key },
      ...{ dataset_name: model.dataset.name, dataset_digest: model.dataset.digest },
    };
    const there = await db
      .selectFrom('model_metric')
      .select(['step', 'time', 'value'])
      .where((e) => e.and(which))
      .executeTakeFirst();
    if (there && !isNewer(point, { ...there, value: numberOf(there.value) })) continue;
    const measured = { step, time, value: storedValue(value) };
    await db
      .insertInto('model_metric')
      .values({ ...which, ...measured })
      .onConflict((conflict) =>
        conflict
          .columns(['model_id', 'key', 'run_id', 'dataset_name', 'dataset_digest'])
          .doUpdateSet(measured),
      )
      .execute();
  }
}
