import type { OpenAPIHono } from '@hono/zod-openapi';
import { cacheRoutes } from './caches.ts';
import { croissantRoutes } from './croissant.ts';
import { daemonRoutes } from './daemon.ts';
import { datasetRoutes } from './datasets.ts';
import { diffRoutes } from './diff.ts';
import { entryRoutes } from './entries.ts';
import { eventRoutes } from './events.ts';
import { fileRoutes } from './files.ts';
import { houseRoutes } from './house.ts';
import { newApp } from './http/app.ts';
import type { RouteContext, Routes } from './http/context.ts';
import { tagAnswers } from './http/etag.ts';
import { answerTwiceTheSame } from './http/idempotency.ts';
import { documentOf } from './http/openapi.ts';
import { importRoutes } from './imports.ts';
import { jobRoutes } from './jobs.ts';
import { leaseRoutes } from './leases.ts';
import { placementRoutes } from './placements.ts';
import { runCodeRoutes } from './run/code.ts';
import { runFileRoutes } from './run/files.ts';
import { forwardingRoutes } from './run/forwarding.ts';
import { runImportRoutes } from './run/imports.ts';
import { runInputRoutes } from './run/inputs.ts';
import { lineageRoutes } from './run/lineage.ts';
import { notebookRoutes } from './run/notebooks.ts';
import { runRoutes } from './run/runs.ts';
import { runSurroundingsRoutes } from './run/surroundings.ts';
import { trackingRoutes } from './run/tracking.ts';
import { statisticsRoutes } from './statistics.ts';
import { workingCopyRoutes } from './workingCopies.ts';

const all: Routes[] = [
  daemonRoutes,
  datasetRoutes,
  diffRoutes,
  fileRoutes,
  statisticsRoutes,
  entryRoutes,
  croissantRoutes,
  workingCopyRoutes,
  importRoutes,
  houseRoutes,
  cacheRoutes,
  placementRoutes,
  leaseRoutes,
  jobRoutes,
  runRoutes,
  runFileRoutes,
  runCodeRoutes,
  runInputRoutes,
  runSurroundingsRoutes,
  lineageRoutes,
  notebookRoutes,
  runImportRoutes,
  forwardingRoutes,
  trackingRoutes,
  eventRoutes,
];

/** The hub's API, every route of it. `log` gets what nobody foresaw. */
export function hubApp(hub: RouteContext, log: (error: unknown) => void): OpenAPIHono {
  const app = newApp(log);
  app.use('/api/v1/*', tagAnswers);
  app.use('/api/v1/*', answerTwiceTheSame(hub));
  for (const add of all) add(app, hub);
  let text: string | undefined;
  app.get('/api/v1/openapi.json', (c) => {
    text ??= JSON.stringify(documentOf(app, hub.hello.version));
    return c.body(text, 200, { 'Content-Type': 'application/json' });
  });
  return app;
}
