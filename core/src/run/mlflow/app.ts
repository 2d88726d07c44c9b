import { Hono, type MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ForebayError } from '../../api/errors.ts';
import { programVersion } from '../../api/version.ts';
import { sweepUploads } from '../artifact/uploads.ts';
import { TrackingError } from '../error.ts';
import { addArtifactRoutes, artifactHandlers } from './artifacts.ts';
import { datasetHandlers } from './datasets.ts';
import { experimentHandlers } from './experiments.ts';
import { Fields } from './fields.ts';
import { addFileRoutes } from './files.ts';
import type { Tracking, WithinRun } from './handler.ts';
import { jsonBody } from './jsonBody.ts';
import { modelHandlers } from './models.ts';
import { addPartRoutes } from './parts.ts';
import { runHandlers } from './runs.ts';

/** `gate` lets in who may ask. MLflow's tracking server, as its clients know it (mlflow/protos/service.proto and mlflow_artifacts.proto). */
export function mlflowApp(
  tracking: Tracking,
  gate: MiddlewareHandler<WithinRun>,
  log: (error: unknown) => void,
): Hono<WithinRun> {
  const app = new Hono<WithinRun>();
  app.use(gate);
  app.onError((thrown, c) => {
    const { code, message, status } = refusalOf(thrown);
    if (status >= 500) log(thrown);
    return c.json({ error_code: code, message }, status as ContentfulStatusCode);
  });
  app.notFound((c) =>
    c.json({ error_code: 'ENDPOINT_NOT_FOUND', message: `There is no ${c.req.method} ${c.req.path}.` }, 404),
  );
  app.get('/health', (c) => c.text('OK'));
  app.get('/version', (c) => c.text(mlflowVersion));
  for (const [route, handle] of Object.entries({
    ...experimentHandlers,
    ...runHandlers,
    ...artifactHandlers,
    ...modelHandlers,
    ...datasetHandlers,
  })) {
    const [method = '', path] = route.split(' ');
    for (const prefix of ['/api/2.0/mlflow', '/ajax-api/2.0/mlflow']) {
      app.on(method, `${prefix}/${path}`, async (c) => {
        const sent = method === 'GET' ? queryOf(c.req.queries()) : await jsonBody(c.req.raw);
        const fields = new Fields({ ...sent, ...c.req.param() });
        return c.json(await handle({ ...tracking, within: c.get('within') }, fields));
      });
    }
  }
  addArtifactRoutes(app, tracking);
  addFileRoutes(app, tracking);
  addPartRoutes(app, tracking);
  void sweepUploads(tracking.folder, tracking.now()).catch(log);
  return app;
}

/** The MLflow whose API this is; clients compare it with their own. */
const mlflowVersion = `3.17.2+forebay.${programVersion}`;

/** A value that comes once stands alone. */
function queryOf(queries: Record<string, string[]>): Record<string, unknown> {
  const single = Object.entries(queries).map(([name, all]) => [name, all.length === 1 ? all[0] : all]);
  return Object.fromEntries(single);
}

function refusalOf(thrown: unknown): { code: string; message: string; status: number } {
  if (thrown instanceof TrackingError) return thrown;
  const { message } = ForebayError.from(thrown);
  return { code: 'INTERNAL_ERROR', message, status: 500 };
}
