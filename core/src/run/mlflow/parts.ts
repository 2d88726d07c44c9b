import type { ReadableStream } from 'node:stream/web';
import type { Context, Hono } from 'hono';
import { abortUpload, completeUpload, createUpload, sweepUploads, writePart } from '../artifact/uploads.ts';
import { TrackingError } from '../error.ts';
import { below, requireOwnPlace, tellOf } from './artifacts.ts';
import { Fields } from './fields.ts';
import type { Tracking, WithinRun } from './handler.ts';
import { jsonBody } from './jsonBody.ts';

const base = '/api/2.0/mlflow-artifacts/mpu';
const partPattern = /^\/api\/2\.0\/mlflow-artifacts\/mpu\/parts\/([0-9a-f]{64})\/(\d{1,5})$/;

/** Whether this sends a part: clients send them without their token, to the address that they got for it. */
export const isPart = ({ method, path }: { method: string; path: string }) =>
  method === 'PUT' && partPattern.test(path);

/**
 * Files in several parts (mlflow_artifacts.proto): MLflow's server has clients send parts past it, to the cloud's store; ours
 * takes them itself. Clients that only ask send a file whole, which here writes it once; those that were told to
 * (MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD) send parts. Downloads in parts are refused as by MLflow's server over a folder.
 */
export function addPartRoutes(app: Hono<WithinRun>, tracking: Tracking): void {
  const { folder, now } = tracking;
  const targetOf = (c: Context<WithinRun>, verb: Verb, fields: Fields) =>
    requireOwnPlace(c, tracking, placeOf(c, verb, fields));
  // What a client asks before it tries (mlflow/server/handlers.py, build_server_info_payload).
  for (const prefix of ['/api', '/ajax-api']) {
    app.get(`${prefix}/3.0/mlflow/server-info`, (c) =>
      c.json({
        store_type: 'SqlStore',
        workspaces_enabled: false,
        trace_archival_enabled: false,
        multipart_uploads_enabled: false,
        multipart_downloads_enabled: false,
        presigned_upload_run_id_supported: false,
        presigned_upload_model_id_supported: false,
        features_enabled: { gateway: false },
      }),
    );
  }
  app.post(`${base}/create/*`, async (c) => {
    const fields = await fieldsOf(c);
    const parts = fields.optionalInteger('num_parts') ?? 1;
    await sweepUploads(folder, now());
    const id = await createUpload(folder, { target: await targetOf(c, 'create', fields), parts });
    const { origin } = new URL(c.req.url);
    const credentials = Array.from({ length: parts }, (_, at) => ({
      url: `${origin}${base}/parts/${id}/${at + 1}`,
      part_number: at + 1,
      headers: {},
    }));
    return c.json({ upload_id: id, credentials });
  });
  app.put(`${base}/parts/*`, async (c) => {
    const [, id = '', part] = partPattern.exec(c.req.path) ?? [];
    const digest = await writePart(folder, id, Number(part), c.req.raw.body as ReadableStream | null);
    return c.json({}, 200, { ETag: `"${digest}"` });
  });
  app.post(`${base}/complete/*`, async (c) => {
    const fields = await fieldsOf(c);
    const target = await targetOf(c, 'complete', fields);
    const parts = fields.list('parts', (part) => ({
      part: part.integer('part_number'),
      digest: part.string('etag').replaceAll('"', ''),
    }));
    await completeUpload(folder, fields.string('upload_id'), target, parts);
    tellOf(target, tracking);
    return c.json({});
  });
  app.post(`${base}/abort/*`, async (c) => {
    const fields = await fieldsOf(c);
    await abortUpload(folder, fields.string('upload_id'), await targetOf(c, 'abort', fields));
    return c.json({});
  });
  app.all('/api/2.0/mlflow-artifacts/presigned/*', () => {
    // Clients know the refusal by its first words (mlflow/exceptions.py).
    throw new TrackingError(
      'NOT_IMPLEMENTED',
      'Multipart download is not supported for the current artifact repository',
    );
  });
}

type Verb = 'create' | 'complete' | 'abort';

const fieldsOf = async (c: Context) => new Fields(await jsonBody(c.req.raw));

/** A client names the folder in the address, and the file by where it lies on its own disk, be that Windows or not. */
function placeOf(c: Context, verb: Verb, fields: Fields): string {
  const name = fields.string('path').split(/[\\/]/).at(-1) ?? '';
  return `${below(c.req.url, `${base}/${verb}`)}/${name}`;
}
