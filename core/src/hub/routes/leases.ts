import { createRoute, z } from '@hono/zod-openapi';
import {
  ForebayError,
  Lease,
  LeaseHolder,
  page,
  parseRef,
  selectionFields,
  selectionOf,
} from '../../api/index.ts';
import { endLease, listLeases, readLease, takeLease } from '../lease/leases.ts';
import { pageOf } from '../page.ts';
import type { Routes } from './http/context.ts';
import { eventStream, streamed } from './http/eventStream.ts';
import { body, IdempotencyKey, IdParam, json, PageQuery, problems, RefText } from './http/route.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/leases',
  summary: 'Who uses what, oldest first',
  request: { query: PageQuery },
  responses: { 200: json(page(Lease), 'A page'), ...problems },
});

const take = createRoute({
  method: 'post',
  path: '/api/v1/leases',
  summary: 'Use a version: cached if need be, and not evicted from now on',
  request: {
    headers: IdempotencyKey,
    body: body(
      z.object({
        ref: RefText,
        cache: z.string().optional(),
        holder: LeaseHolder,
        sameUse: z.boolean().optional().describe('beside another lease, for the same use: counted once'),
        ...selectionFields,
      }),
    ),
  },
  responses: { 201: json(Lease, 'Held; `path` is set, or `job` is to be followed'), ...problems },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/leases/{id}',
  summary: 'One lease',
  request: { params: IdParam },
  responses: { 200: json(Lease, 'The lease'), ...problems },
});

const end = createRoute({
  method: 'delete',
  path: '/api/v1/leases/{id}',
  summary: 'Give a lease back',
  request: { params: IdParam },
  responses: { 204: { description: 'Given back' }, ...problems },
});

const hold = createRoute({
  method: 'get',
  path: '/api/v1/leases/{id}/hold',
  summary: 'Hold a connection lease for as long as this answer stays open',
  request: { params: IdParam },
  responses: { 200: streamed('Comments, so that a broken connection is noticed'), ...problems },
});

export const leaseRoutes: Routes = (app, hub) => {
  app.openapi(list, async (c) => {
    const key = (lease: Lease) => `${lease.since} ${lease.id}`;
    return c.json(pageOf(await listLeases(hub), key, c.req.valid('query')), 200);
  });
  app.openapi(take, async (c) => {
    const request = c.req.valid('json');
    const found = await hub.catalog.find(parseRef(request.ref));
    const wanted = { ...found, selection: selectionOf(request) };
    return c.json(
      await takeLease(hub, hub.connections, wanted, request.cache, request.holder, request.sameUse),
      201,
    );
  });
  app.openapi(read, async (c) => c.json(await readLease(hub, c.req.valid('param').id), 200));
  app.openapi(end, async (c) => {
    await endLease(hub, c.req.valid('param').id);
    return c.body(null, 204);
  });
  app.openapi(hold, async (c) => {
    const lease = await readLease(hub, c.req.valid('param').id);
    if (lease.holder.kind !== 'connection') {
      throw new ForebayError('bad-request', `This lease is not held by a connection (${lease.holder.kind}).`);
    }
    return eventStream(() => hub.connections.hold(lease.id));
  });
};
