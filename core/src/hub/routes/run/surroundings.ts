import { hostname } from 'node:os';
import { createRoute, z } from '@hono/zod-openapi';
import { RunSurroundings } from '../../../api/index.ts';
import { keepFiles } from '../../../run/artifact/keepFiles.ts';
import { codeIn } from '../../../run/code/codeIn.ts';
import { codeFiles, codeTags } from '../../../run/code/keep.ts';
import { environmentOf } from '../../../run/environment/environment.ts';
import { environmentFiles } from '../../../run/environment/keep.ts';
import { executionsOf } from '../../../run/execution.ts';
import type { Tracking } from '../../../run/mlflow/handler.ts';
import { readRun } from '../../../run/runs.ts';
import { setTags } from '../../../run/tags.ts';
import type { Routes } from '../http/context.ts';
import { body, IdempotencyKey, IdParam, json, problems } from '../http/route.ts';
import { tracked } from './tracked.ts';

const Kept = z.object({
  kept: z.boolean().describe('false where there is nothing that this machine can see'),
});

const code = createRoute({
  method: 'post',
  path: '/api/v1/runs/{id}/code',
  summary: 'Keep the code of the folder that a run was started in, as git knows it',
  request: { headers: IdempotencyKey, params: IdParam },
  responses: { 200: json(Kept, 'Its commit, what differs from it, and what git does not know'), ...problems },
});

const environment = createRoute({
  method: 'post',
  path: '/api/v1/runs/{id}/environment',
  summary: 'Keep the machine and the packages that a run was started with',
  request: { headers: IdempotencyKey, params: IdParam, body: body(RunSurroundings) },
  responses: { 200: json(Kept, 'Machine, driver and packages'), ...problems },
});

/** What `forebay run` records of a command, for programs that record a block of themselves. */
export const runSurroundingsRoutes: Routes = (app, hub) => {
  app.openapi(code, (c) =>
    tracked(hub, async (tracking) => {
      const { id } = c.req.valid('param');
      const folder = await folderHere(tracking, id);
      const found = folder === undefined ? undefined : await codeIn(folder);
      if (!found) return c.json({ kept: false }, 200);
      const tags = Object.entries(codeTags(found)).map(([key, value]) => ({ key, value }));
      await setTags(tracking.db, id, tags);
      await keepFiles(tracking, id, codeFiles(found));
      tracking.changed(id);
      return c.json({ kept: true }, 200);
    }),
  );
  app.openapi(environment, (c) =>
    tracked(hub, async (tracking) => {
      const { id } = c.req.valid('param');
      const { python, variables } = c.req.valid('json');
      const folder = await folderHere(tracking, id);
      if (folder === undefined) return c.json({ kept: false }, 200);
      const own = python === undefined ? undefined : { program: python, from: 'the block' };
      const found = await environmentOf(own, { folder, env: { ...process.env, ...variables } });
      await keepFiles(tracking, id, environmentFiles(found));
      tracking.changed(id);
      return c.json({ kept: true }, 200);
    }),
  );
};

/** Undefined of a run on another machine, or in a container: its folder and packages are not those that are seen from here. */
async function folderHere({ db }: Tracking, id: string): Promise<string | undefined> {
  await readRun(db, id);
  const execution = (await executionsOf(db, [id])).get(id);
  return execution?.host === hostname() ? execution.folder : undefined;
}
