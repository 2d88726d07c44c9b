import { createRoute, z } from '@hono/zod-openapi';
import {
  Candidate,
  ForebayError,
  Job,
  LastUse,
  Placement,
  PlacementPlan,
  page,
  parseRef,
  selectionFields,
  selectionOf,
} from '../../api/index.ts';
import { pageOf } from '../page.ts';
import { evictPlacement } from '../placement/evict.ts';
import { selectPlacements } from '../placement/holdings.ts';
import { lastUses } from '../placement/lastUses.ts';
import { pinPlacement } from '../placement/pin.ts';
import { requestPlacement } from '../placement/request.ts';
import { listCandidates } from '../placement/room/candidates.ts';
import { planPlacement } from '../placement/room/plan.ts';
import { verifyPlacement } from '../placement/verify.ts';
import { viewPlacement } from '../placement/view.ts';
import type { RouteContext, Routes } from './http/context.ts';
import { body, IdempotencyKey, IdParam, json, PageQuery, problems, RefText } from './http/route.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/placements',
  summary: 'What is cached where',
  request: { query: PageQuery.extend({ dataset: z.string().optional() }) },
  responses: { 200: json(page(Placement), 'A page'), ...problems },
});

const uses = createRoute({
  method: 'get',
  path: '/api/v1/uses',
  summary: 'When versions were last used from a cache, also those that have left it',
  request: { query: PageQuery.extend({ dataset: z.string().optional() }) },
  responses: { 200: json(page(LastUse), 'A page'), ...problems },
});

const add = createRoute({
  method: 'post',
  path: '/api/v1/placements',
  summary:
    'Cache a version or a part of it, once and only once; a version that is there whole is any part of it',
  request: {
    headers: IdempotencyKey,
    body: body(z.object({ ref: RefText, cache: z.string().optional(), ...selectionFields })),
  },
  responses: {
    200: json(Placement, 'Ready'),
    202: json(Placement, 'Being filled: follow its job'),
    ...problems,
  },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/placements/{id}',
  summary: 'One placement',
  request: { params: IdParam },
  responses: { 200: json(Placement, 'The placement'), ...problems },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/placements/{id}',
  summary: 'Clear a version from its cache, or stop its fill',
  request: { params: IdParam },
  responses: { 202: json(Job, 'The job that does it'), ...problems },
});

const plan = createRoute({
  method: 'post',
  path: '/api/v1/placements/plan',
  summary: 'What caching a version or a part of it would take, and what it would push out',
  request: { body: body(z.object({ ref: RefText, cache: z.string().optional(), ...selectionFields })) },
  responses: { 200: json(PlacementPlan, 'Nothing of it was done'), ...problems },
});

const candidates = createRoute({
  method: 'post',
  path: '/api/v1/placements/candidates',
  summary: 'Every cache that a version or a part of it could go to, the best first, with reasons',
  request: { body: body(z.object({ ref: RefText, ...selectionFields })) },
  responses: { 200: json(z.array(Candidate), 'Nothing of it was done'), ...problems },
});

const pin = createRoute({
  method: 'put',
  path: '/api/v1/placements/{id}/pin',
  summary: 'Keep a version on its cache until it is unpinned',
  request: { params: IdParam },
  responses: { 200: json(Placement, 'Pinned'), ...problems },
});

const unpin = createRoute({
  method: 'delete',
  path: '/api/v1/placements/{id}/pin',
  summary: 'Let a version age out and make room again',
  request: { params: IdParam },
  responses: { 200: json(Placement, 'No longer pinned'), ...problems },
});

const verify = createRoute({
  method: 'post',
  path: '/api/v1/placements/{id}/verify',
  summary: 'Read every cached byte again',
  request: { params: IdParam, headers: IdempotencyKey },
  responses: { 202: json(Job, 'Its result is a VerifyResult'), ...problems },
});

export const placementRoutes: Routes = (app, hub) => {
  app.openapi(list, async (c) => {
    const { dataset, ...query } = c.req.valid('query');
    let rows = selectPlacements(hub.db).orderBy('placement.id');
    if (dataset !== undefined) rows = rows.where('placement.dataset_name', '=', dataset);
    const { items, next } = pageOf(await rows.execute(), (row) => row.id, query);
    return c.json({ items: items.map(viewPlacement), next }, 200);
  });
  app.openapi(uses, async (c) => {
    const { dataset, ...query } = c.req.valid('query');
    const found = await lastUses(hub, dataset);
    return c.json(pageOf(found, keyOfUse, query), 200);
  });
  app.openapi(add, async (c) => {
    const request = c.req.valid('json');
    const found = await hub.catalog.find(parseRef(request.ref));
    const wanted = { ...found, selection: selectionOf(request) };
    const placement = await readPlacement(hub, await requestPlacement(hub, wanted, request.cache));
    return placement.state === 'ready' ? c.json(placement, 200) : c.json(placement, 202);
  });
  app.openapi(read, async (c) => c.json(await readPlacement(hub, c.req.valid('param').id), 200));
  app.openapi(remove, async (c) => c.json(await evictPlacement(hub, c.req.valid('param').id), 202));
  app.openapi(plan, async (c) => {
    const request = c.req.valid('json');
    const found = await hub.catalog.find(parseRef(request.ref));
    const wanted = { ...found, selection: selectionOf(request), signal: c.req.raw.signal };
    return c.json(await planPlacement(hub, wanted, request.cache), 200);
  });
  app.openapi(candidates, async (c) => {
    const request = c.req.valid('json');
    const found = await hub.catalog.find(parseRef(request.ref));
    const wanted = { ...found, selection: selectionOf(request), signal: c.req.raw.signal };
    return c.json(await listCandidates(hub, wanted), 200);
  });
  for (const [route, pinned] of [
    [pin, true],
    [unpin, false],
  ] as const) {
    app.openapi(route, async (c) => {
      const { id } = c.req.valid('param');
      await pinPlacement(hub, id, pinned);
      return c.json(await readPlacement(hub, id), 200);
    });
  }
  app.openapi(verify, async (c) => c.json(await verifyPlacement(hub, c.req.valid('param').id), 202));
};

async function readPlacement(hub: RouteContext, id: string) {
  const row = await selectPlacements(hub.db).where('placement.id', '=', id).executeTakeFirst();
  if (row) return viewPlacement(row);
  throw new ForebayError('not-cached', `There is no placement '${id}'; it may have been cleared.`);
}

/** The order of the list: by name, the newest first. */
const keyOfUse = ({ dataset, version }: LastUse) => `${dataset} ${String(1e10 - version).padStart(11, '0')}`;
