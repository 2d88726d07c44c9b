import { createRoute } from '@hono/zod-openapi';
import { parseRef, RunInput } from '../../../api/index.ts';
import { addInputs } from '../../../run/data/inputs.ts';
import { versionInput } from '../../../run/data/versionInput.ts';
import { readRun } from '../../../run/runs.ts';
import type { Routes } from '../http/context.ts';
import { body, IdempotencyKey, IdParam, problems } from '../http/route.ts';
import { tracked } from './tracked.ts';

const add = createRoute({
  method: 'post',
  path: '/api/v1/runs/{id}/inputs',
  summary: 'A run that goes on reads a version; told again, it stands as it was told first',
  request: { headers: IdempotencyKey, params: IdParam, body: body(RunInput) },
  responses: { 204: { description: 'Kept' }, ...problems },
});

export const runInputRoutes: Routes = (app, hub) => {
  app.openapi(add, (c) =>
    tracked(hub, async ({ db, changed }) => {
      const run = await readRun(db, c.req.valid('param').id);
      const { ref, cache = null } = c.req.valid('json');
      const { dataset, version } = await hub.catalog.find(parseRef(ref));
      const { version: number, digest } = version;
      await addInputs(db, run, [versionInput({ name: dataset.name, version: number, digest, cache })]);
      changed(run.id);
      return c.body(null, 204);
    }),
  );
};
