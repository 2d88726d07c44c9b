import { createRoute } from '@hono/zod-openapi';
import { TrackingInfo } from '../../../api/index.ts';
import type { Routes } from '../http/context.ts';
import { json, problems } from '../http/route.ts';

const open = createRoute({
  method: 'post',
  path: '/api/v1/tracking',
  summary: "Where MLflow's clients log to: listens on loopback from now on",
  responses: { 200: json(TrackingInfo, 'Address and token'), ...problems },
});

export const trackingRoutes: Routes = (app, hub) => {
  app.openapi(open, async (c) => c.json(await hub.tracking(), 200));
};
