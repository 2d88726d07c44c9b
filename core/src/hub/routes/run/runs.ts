import { hostname } from 'node:os';
import { createRoute, z } from '@hono/zod-openapi';
import { Run, RunChange, RunChart, RunEnd, RunLog, RunRequest } from '../../../api/index.ts';
import { changeRun } from '../../../run/change.ts';
import { beat, beginExecution, endExecution, executionsOf } from '../../../run/execution.ts';
import { readExperiment } from '../../../run/experiments.ts';
import { lostImports } from '../../../run/import/imported.ts';
import { logBatch } from '../../../run/log.ts';
import { type Bucket, readChart } from '../../../run/metric/chart.ts';
import { findSeries } from '../../../run/metric/history.ts';
import type { Tracking } from '../../../run/mlflow/handler.ts';
import { readRun, updateRun } from '../../../run/runs.ts';
import { searchExperiments } from '../../../run/search/experiments.ts';
import { searchRuns } from '../../../run/search/runs.ts';
import { startRun } from '../../../run/start.ts';
import { briefly, viewOf } from '../../../run/view.ts';
import { processStart } from '../../lease/processStart.ts';
import type { Routes } from '../http/context.ts';
import { body, IdempotencyKey, IdParam, json, problems } from '../http/route.ts';
import { tracked } from './tracked.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/runs',
  summary: 'Runs, the latest first',
  request: {
    query: z.object({
      experiment: z.string().optional().describe('its name'),
      filter: z.string().optional().describe("metrics.loss < 0.1 and params.model = 'cnn'"),
      deleted: z.stringbool().default(false).describe('those that were deleted, instead of the others'),
      brief: z
        .stringbool()
        .default(false)
        .describe(
          "without what machines measured (`system/...`) and MLflow's own tags (`mlflow....`), but for note, commit and branch",
        ),
      cursor: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(Run), next: z.string().nullable() }), 'A page'),
    ...problems,
  },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/runs/{id}',
  summary: 'One run',
  request: { params: IdParam },
  responses: { 200: json(Run, 'The run'), ...problems },
});

const change = createRoute({
  method: 'patch',
  path: '/api/v1/runs/{id}',
  summary: 'Name, tags, and whether it is in the lists',
  request: { params: IdParam, body: body(RunChange) },
  responses: { 200: json(Run, 'The run as it is now'), ...problems },
});

const start = createRoute({
  method: 'post',
  path: '/api/v1/runs',
  summary: 'A runner starts a command and records it from now on',
  request: { headers: IdempotencyKey, body: body(RunRequest) },
  responses: { 201: json(Run, 'The run'), ...problems },
});

const log = createRoute({
  method: 'post',
  path: '/api/v1/runs/{id}/log',
  summary: 'What a runner has measured; also its sign of life',
  request: { params: IdParam, body: body(RunLog) },
  responses: { 204: { description: 'Kept' }, ...problems },
});

const end = createRoute({
  method: 'post',
  path: '/api/v1/runs/{id}/end',
  summary: 'The command has ended',
  request: { params: IdParam, body: body(RunEnd) },
  responses: { 200: json(Run, 'The run'), ...problems },
});

const chart = createRoute({
  method: 'get',
  path: '/api/v1/runs/{id}/chart',
  summary: 'A series in as many buckets as a chart has columns, or its points where they are fewer',
  request: {
    params: IdParam,
    query: z.object({
      key: z.string().min(1),
      most: z.coerce.number().int().min(1).max(10_000).default(1000).describe('buckets'),
      from: z.coerce.number().optional().describe('step'),
      to: z.coerce.number().optional().describe('step'),
    }),
  },
  responses: { 200: json(RunChart, 'In the order in which they were logged'), ...problems },
});

export const runRoutes: Routes = (app, hub) => {
  app.openapi(list, (c) =>
    tracked(hub, async (tracking) => {
      const { experiment, filter, deleted, brief, cursor, limit } = c.req.valid('query');
      const { items: experiments } = await searchExperiments(tracking.db, { limit: 50_000 });
      const chosen = experiments.filter(({ name }) => experiment === undefined || name === experiment);
      const { items, next } = await searchRuns(tracking.db, {
        ...{ experimentIds: chosen.map(({ id }) => id), filter, limit, pageToken: cursor },
        view: deleted ? 'DELETED_ONLY' : 'ACTIVE_ONLY',
      });
      const names = new Map(chosen.map(({ id, name }) => [id, name]));
      const ids = items.map(({ id }) => id);
      const executions = await executionsOf(tracking.db, ids);
      const lost = await lostImports(tracking.db, ids);
      const views = items.map((run) =>
        viewOf(run, names.get(run.experiment_id) ?? '', {
          execution: executions.get(run.id),
          lost: lost.has(run.id),
        }),
      );
      return c.json({ items: brief ? views.map(briefly) : views, next: next ?? null }, 200);
    }),
  );
  app.openapi(read, (c) =>
    tracked(hub, async (tracking) => c.json(await view(tracking, c.req.valid('param').id), 200)),
  );
  app.openapi(change, (c) =>
    tracked(hub, async (tracking) => {
      const { id } = c.req.valid('param');
      await changeRun(tracking.db, id, c.req.valid('json'));
      tracking.changed(id);
      return c.json(await view(tracking, id), 200);
    }),
  );
  app.openapi(chart, (c) =>
    tracked(hub, async ({ db }) => {
      const { key, most, from = -Infinity, to = Infinity } = c.req.valid('query');
      const { id } = await readRun(db, c.req.valid('param').id);
      const series = await findSeries(db, id, key);
      const buckets = series ? await readChart(db, series, { most, from, to }) : [];
      return c.json({ points: series?.points ?? 0, buckets: buckets.map(bucketOf) }, 200);
    }),
  );
  app.openapi(start, (c) =>
    tracked(hub, async (tracking) => {
      const request = c.req.valid('json');
      const id = await startRun(tracking, request);
      const { host, pid } = request;
      const process = host === hostname() ? ((await processStart(pid)) ?? null) : null;
      await beginExecution(tracking.db, id, { ...request, process }, tracking.now());
      tracking.changed(id);
      return c.json(await view(tracking, id), 201);
    }),
  );
  app.openapi(log, (c) =>
    tracked(hub, async (tracking) => {
      const { id } = c.req.valid('param');
      await beat(tracking.db, id, tracking.now());
      await logBatch(tracking.db, id, { metrics: c.req.valid('json').metrics, params: [], tags: [] });
      tracking.changed(id);
      return c.body(null, 204);
    }),
  );
  app.openapi(end, (c) =>
    tracked(hub, async (tracking) => {
      const { id } = c.req.valid('param');
      const { state, exitCode } = c.req.valid('json');
      await beat(tracking.db, id, tracking.now());
      await endExecution(tracking.db, id, exitCode);
      const status = ({ finished: 'FINISHED', failed: 'FAILED', killed: 'KILLED' } as const)[state];
      await updateRun(tracking.db, id, { status, endTime: tracking.now() });
      tracking.changed(id);
      return c.json(await view(tracking, id), 200);
    }),
  );
};

const bucketOf = ({ range, last, ...bucket }: Bucket) => ({
  ...bucket,
  min: range?.min ?? null,
  max: range?.max ?? null,
  last: Number.isFinite(last) ? last : null,
});

async function view({ db }: Tracking, id: string): Promise<Run> {
  const run = await readRun(db, id);
  const [experiment, executions, lost] = await Promise.all([
    readExperiment(db, run.experiment_id),
    executionsOf(db, [id]),
    lostImports(db, [id]),
  ]);
  return viewOf(run, experiment.name, { execution: executions.get(id), lost: lost.has(id) });
}
