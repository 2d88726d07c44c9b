import type { ReadableStream } from 'node:stream/web';
import type { Context, Hono } from 'hono';
import { writeArtifact } from '../artifact/files.ts';
import { artifactFolder, artifactPath, placeOf } from '../artifact/place.ts';
import { requireOwn } from '../artifact/requireOwn.ts';
import { readBody } from '../body.ts';
import { invalid, TrackingError } from '../error.ts';
import { readModel } from '../model/models.ts';
import { readRun } from '../runs.ts';
import { sendArtifact } from './artifacts.ts';
import type { Tracking, WithinRun } from './handler.ts';

/** Bytes of a file that comes in one piece with its name in the address. */
const mostUploaded = 10 * 2 ** 20;

/** One file of a run or a model by their ids: the ways beside the API that MLflow's page and its tools use (mlflow/server/__init__.py). */
export function addFileRoutes(app: Hono<WithinRun>, { db, folder, changed }: Tracking): void {
  const rootOf = (uri: string) => artifactPath(artifactFolder(folder), placeOf(uri));
  app.get('/get-artifact', async (c) => {
    const { artifact_uri } = await readRun(db, query(c, 'run_id') ?? needed(c, 'run_uuid'));
    return sendArtifact(c, rootOf(artifact_uri), needed(c, 'path'));
  });
  app.get('/ajax-api/2.0/mlflow/logged-models/:model_id/artifacts/files', async (c) => {
    const path = query(c, 'artifact_file_path');
    if (path === undefined) {
      throw new TrackingError(
        'BAD_REQUEST',
        'Request must include the "artifact_file_path" query parameter.',
      );
    }
    const { artifact_uri } = await readModel(db, c.req.param('model_id'));
    return sendArtifact(c, rootOf(artifact_uri), path);
  });
  app.post('/ajax-api/2.0/mlflow/upload-artifact', async (c) => {
    const [runId, path] = [needed(c, 'run_uuid'), needed(c, 'path')];
    artifactPath(folder, path);
    const bytes = await readBody(c.req.raw, mostUploaded);
    if (bytes === undefined) throw tooLarge();
    if (bytes.byteLength === 0) throw invalid('Request must specify data.');
    const { artifact_uri } = await readRun(db, runId);
    await requireOwn(db, c.get('within'), placeOf(artifact_uri));
    await writeArtifact(
      rootOf(artifact_uri),
      path,
      new Blob([bytes as Uint8Array<ArrayBuffer>]).stream() as ReadableStream,
    );
    changed(runId);
    return c.body(null, 200, { 'Content-Type': 'application/json' });
  });
}

const query = (c: Context, name: string) => c.req.query(name) || undefined;

function needed(c: Context, name: string): string {
  const value = query(c, name);
  if (value === undefined) throw invalid(`Request must specify ${name}.`);
  return value;
}

const tooLarge = () => invalid('Artifact size is too large. Max size is 10MB.');
