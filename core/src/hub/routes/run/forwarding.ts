import { createRoute, z } from '@hono/zod-openapi';
import { ForebayError, Forwarding } from '../../../api/index.ts';
import type { Routes } from '../http/context.ts';
import { body, json, problems } from '../http/route.ts';

const path = '/api/v1/forwarding';
const responses = { 200: json(Forwarding, 'Where runs go, and what waits'), ...problems };

const read = createRoute({
  method: 'get',
  path,
  summary: 'The MLflow server that runs go to as well',
  responses,
});

const set = createRoute({
  method: 'put',
  path,
  summary: 'Send every run that begins from now on to an MLflow server as well',
  request: {
    body: body(z.object({ url: z.string().describe('https://mlflow.example.com; no credentials') })),
  },
  responses,
});

const off = createRoute({ method: 'delete', path, summary: 'Send no more runs there', responses });

export const forwardingRoutes: Routes = (app, hub) => {
  app.openapi(read, async (c) => c.json(await hub.forwarder.state(), 200));
  app.openapi(set, async (c) => {
    const { url } = c.req.valid('json');
    const own = (await hub.tracking()).url;
    if (URL.canParse(url) && new URL(url).port === new URL(own).port && isLoopback(new URL(url).hostname)) {
      throw new ForebayError('bad-request', `${own} is this home itself.`, "Name your team's MLflow server.");
    }
    return c.json(await hub.forwarder.set(url), 200);
  });
  app.openapi(off, async (c) => c.json(await hub.forwarder.off(), 200));
};

const isLoopback = (host: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(host);
