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
export function addArtifactRoutes(app: Hono<WithinRun>, tracking: Tracking): void {
  const artifacts = artifactFolder(tracking.folder);
  app.get(base, async (c) => {
    const files = await listArtifacts(artifacts, c.req.query('path') ?? '');
    return c.json({ files: files.map((file) => infoOf(file)) });
  });
  app.put(`${base}/*`, async (c) => {
    const place = await requireOwnPlace(c, tracking, below(c.req.url, base));
    await writeArtifact(artifacts, place, c.req.raw.body as ReadableStream | null);
    tellOf(place, tracking);
    return c.json({});
  });
  app.get(`${base}/*`, async (c) => {
    return sendArtifact(c, artifacts, below(c.req.url, base));
  });
  app.delete(`${base}/*`, async (c) => {
    await deleteArtifacts(artifacts, await requireOwnPlace(c, tracking, below(c.req.url, base)));
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

/** The place itself, if the caller may write there. Throws what `artifactPath` and `requireOwn` throw. */
export async function requireOwnPlace(
  c: Context<WithinRun>,
  { db, folder }: Tracking,
  place: string,
): Promise<string> {
  artifactPath(artifactFolder(folder), place);
  await requireOwn(db, c.get('within'), place);
  return place;
}

/** Tells of the run whose file this is, where the run's experiment has no place of its own for artifacts. */
export function tellOf(place: string, { heard, changed }: Tracking): void {
  const run = /^\d+\/([0-9a-f]{32})\/artifacts\//.exec(place)?.[1];
  if (run === undefined) return;
  heard(run);
  changed(run);
}

/** The path after `route` as the client sent it: a URL's own reading of `..` must not come before ours. */
export function below(url: string, route: string): string {
  const sent = new URL(url).pathname.slice(route.length + 1);
  try {
    return decodeURIComponent(sent);
  } catch {
    throw invalid(`Invalid path: ${sent}`);
  }
}
