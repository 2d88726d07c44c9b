import { createRoute, z } from '@hono/zod-openapi';
import { checkName, NotebookUse, NotebookUseRequest, page, parseRef } from '../../../api/index.ts';
import { listUses } from '../../../run/notebook/list.ts';
import { recordUses } from '../../../run/notebook/record.ts';
import { pageOf } from '../../page.ts';
import type { RouteContext, Routes } from '../http/context.ts';
import { body, IdempotencyKey, json, PageQuery, problems } from '../http/route.ts';
import { tracked } from './tracked.ts';

const uses = createRoute({
  method: 'get',
  path: '/api/v1/notebooks',
  summary: 'Notebooks that used versions of a dataset, the latest use first',
  request: {
    query: PageQuery.extend({
      dataset: z.string(),
      version: z.coerce.number().int().positive().optional(),
    }),
  },
  responses: { 200: json(page(NotebookUse), 'A page'), ...problems },
});

const use = createRoute({
  method: 'post',
  path: '/api/v1/notebooks/uses',
  summary: 'A notebook tells which versions it uses, and the run that it starts',
  request: { headers: IdempotencyKey, body: body(NotebookUseRequest) },
  responses: { 204: { description: 'Remembered' }, ...problems },
});

export const notebookRoutes: Routes = (app, hub) => {
  app.openapi(uses, (c) =>
    tracked(hub, async ({ db }) => {
      const { dataset, version, ...query } = c.req.valid('query');
      const found = await listUses(db, checkName(dataset), version);
      return c.json(pageOf(found, keyOf, query), 200);
    }),
  );
  app.openapi(use, (c) =>
    tracked(hub, async ({ db, now, changed }) => {
      const { path, host, user, refs, by, run } = c.req.valid('json');
      const versions = await Promise.all(refs.map((ref) => versionOf(hub, ref)));
      const fresh = await recordUses(db, { path, host, user }, { versions, by, run }, now());
      for (const name of new Set(fresh)) hub.events.emit('dataset', name);
      if (run !== undefined) changed(run);
      return c.body(null, 204);
    }),
  );
};

/** The order of the list: the latest first. */
const keyOf = ({ last, notebook, version, digest }: NotebookUse) =>
  `${String(1e15 - Date.parse(last)).padStart(16, '0')} ${notebook} ${String(1e10 - version).padStart(11, '0')} ${digest}`;

async function versionOf(hub: RouteContext, text: string) {
  const { dataset, version } = await hub.catalog.find(parseRef(text));
  return { name: dataset.name, version: version.version, digest: version.digest };
}
