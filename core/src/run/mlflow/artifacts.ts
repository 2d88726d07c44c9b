import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Context, Hono } from 'hono';
import {
  type ArtifactFile,
  deleteArtifacts,
  listArtifacts,
  readArtifact,
  writeArtifact,
} from '../artifact/files.ts';
import { artifactFolder, artifactPath, placeOf } from '../artifact/place.ts';
import { requireOwn } from '../artifact/requireOwn.ts';
import { invalid } from '../error.ts';
import { readRun } from '../runs.ts';
import type { Handlers, Tracking, WithinRun } from './handler.ts';

export const artifactHandlers: Handlers = {
  'GET artifacts/list': async ({ db, folder }, fields) => {
    const run = await readRun(db, fields.optionalString('run_id') || fields.string('run_uuid'));
    return listFolder(folder, run.artifact_uri, fields.optionalString('path') ?? '');
  },
};

/** What lies in a folder of a run's or a model's artifacts; paths from the top of them. */
export async function listFolder(folder: string, uri: string, below: string): Promise<object> {
  const root = artifactPath(artifactFolder(folder), placeOf(uri));
  const files = await listArtifacts(root, below);
  const prefix = below === '' ? '' : `${below.replace(/\/$/, '')}/`;
  return { root_uri: uri, files: files.map((file) => infoOf(file, prefix)) };
}

const infoOf = ({ name, isFolder, bytes }: ArtifactFile, prefix = '') => ({
  path: prefix + name,
  is_dir: isFolder,
  ...(bytes === null ? {} : { file_size: bytes }),
});

const base = '/api/2.0/mlflow-artifacts/artifacts';

/** The proxy that MLflow's clients send artifacts through (mlflow_artifacts.proto). */
export function addArtifactRoutes(app: Hono<WithinRun>, { db, folder, changed, heard }: Tracking): void {
  const artifacts = artifactFolder(folder);
  app.get(base, async (c) => {
    const files = await listArtifacts(artifacts, c.req.query('path') ?? '');
    return c.json({ files: files.map((file) => infoOf(file)) });
  });
  app.put(`${base}/*`, async (c) => {
    const place = below(c.req.url);
    artifactPath(artifacts, place);
    await requireOwn(db, c.get('within'), place);
    await writeArtifact(artifacts, place, c.req.raw.body as ReadableStream | null);
    const run = ofRun.exec(place)?.[1];
    if (run !== undefined) {
      heard(run);
      changed(run);
    }
    return c.json({});
  });
  app.get(`${base}/*`, async (c) => {
    return sendArtifact(c, artifacts, below(c.req.url));
  });
  app.delete(`${base}/*`, async (c) => {
    const place = below(c.req.url);
    artifactPath(artifacts, place);
    await requireOwn(db, c.get('within'), place);
    await deleteArtifacts(artifacts, place);
    return c.json({});
  });
}

/** As an attachment of no type: nothing that a run left is shown or run by a browser under our address. */
export async function sendArtifact(c: Context, root: string, path: string): Promise<Response> {
  const { body, bytes } = await readArtifact(root, path);
  return c.body(Readable.toWeb(body) as globalThis.ReadableStream, 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(bytes),
    'X-Content-Type-Options': 'nosniff',
    'Content-Disposition': 'attachment',
  });
}

/** Where a run keeps its artifacts, unless its experiment has a place of its own. */
const ofRun = /^\d+\/([0-9a-f]{32})\/artifacts\//;

/** The path as the client sent it: a URL's own reading of `..` must not come before ours. */
function below(url: string): string {
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname.slice(base.length + 1));
  } catch {
    throw invalid(`Invalid path: ${pathname.slice(base.length + 1)}`);
  }
}
