import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createRoute, z } from '@hono/zod-openapi';
import { ForebayError, RunArtifacts, RunOutput, RunOutputMatches } from '../../../api/index.ts';
import { findArtifacts, readArtifact, writeArtifact } from '../../../run/artifact/files.ts';
import { artifactFolder, artifactPath, recordPlaceOf } from '../../../run/artifact/place.ts';
import { readBody } from '../../../run/body.ts';
import { beat } from '../../../run/execution.ts';
import { artifactRoot } from '../../../run/experiments.ts';
import type { Tracking } from '../../../run/mlflow/handler.ts';
import { readOutput, writeOutput } from '../../../run/output/output.ts';
import { searchOutput } from '../../../run/output/search.ts';
import { readRun } from '../../../run/runs.ts';
import type { Routes } from '../http/context.ts';
import { IdParam, json, problems } from '../http/route.ts';
import { tracked } from './tracked.ts';

const output = createRoute({
  method: 'get',
  path: '/api/v1/runs/{id}/output',
  summary: 'What the command printed, from a byte on',
  request: {
    params: IdParam,
    query: z.object({
      from: z.coerce.number().int().nonnegative().default(0),
      most: z.coerce.number().int().min(1).max(1_000_000).default(100_000).describe('bytes'),
    }),
  },
  responses: { 200: json(RunOutput, 'Text, and where to go on'), ...problems },
});

const search = createRoute({
  method: 'get',
  path: '/api/v1/runs/{id}/output/matches',
  summary: 'Lines of what the command printed that hold some words, in any case; a part of it a call',
  request: {
    params: IdParam,
    query: z.object({
      words: z.string().min(1).max(1000),
      from: z.coerce.number().int().nonnegative().default(0).describe('byte'),
      line: z.coerce.number().int().nonnegative().default(0).describe('the line that `from` is in'),
      most: z.coerce.number().int().min(1).max(10_000).default(1000),
    }),
  },
  responses: { 200: json(RunOutputMatches, 'Lines, and where to go on'), ...problems },
});

const artifacts = createRoute({
  method: 'get',
  path: '/api/v1/runs/{id}/artifacts',
  summary: "All files below a folder of a run's artifacts, by path",
  request: { params: IdParam, query: z.object({ folder: z.string().default('') }) },
  responses: {
    200: json(RunArtifacts, 'Files'),
    ...problems,
  },
});

const artifact = createRoute({
  method: 'get',
  path: '/api/v1/runs/{id}/artifacts/content',
  summary: "One artifact's bytes",
  request: { params: IdParam, query: z.object({ path: z.string().min(1) }) },
  responses: {
    200: { description: 'The file', content: { 'application/octet-stream': { schema: z.string() } } },
    ...problems,
  },
});

const bytesBody = {
  required: true,
  content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
} as const;

const keep = createRoute({
  method: 'put',
  path: '/api/v1/runs/{id}/artifacts',
  summary: "Keep a file among a run's artifacts; there whole or not at all",
  request: { params: IdParam, query: z.object({ path: z.string().min(1) }), body: bytesBody },
  responses: { 200: json(z.object({ path: z.string() }), 'Kept'), ...problems },
});

const print = createRoute({
  method: 'post',
  path: '/api/v1/runs/{id}/output',
  summary: 'What a command printed, from byte `at` of its output on; sent twice, it stands once',
  request: {
    params: IdParam,
    query: z.object({ at: z.coerce.number().int().nonnegative() }),
    body: bytesBody,
  },
  responses: {
    200: json(z.object({ size: z.number() }), 'Kept; how long the output is, bytes'),
    ...problems,
  },
});

/** Bytes that a runner sends at once; a line may be longer than that. */
const mostPrinted = 16 * 2 ** 20;

/** What runs print and leave behind. */
export const runFileRoutes: Routes = (app, hub) => {
  app.openapi(output, (c) =>
    tracked(hub, async (tracking) => {
      const { id } = c.req.valid('param');
      const { from, most } = c.req.valid('query');
      await readRun(tracking.db, id);
      const { bytes, size } = await readOutput(tracking.folder, id, { from, most });
      const whole = withoutCutCharacter(bytes, from + bytes.length < size);
      const text = new TextDecoder().decode(whole);
      return c.json({ text, from, next: from + whole.length, size }, 200);
    }),
  );
  app.openapi(search, (c) =>
    tracked(hub, async (tracking) => {
      const { id } = c.req.valid('param');
      await readRun(tracking.db, id);
      return c.json(await searchOutput(tracking.folder, id, c.req.valid('query')), 200);
    }),
  );
  app.openapi(artifacts, (c) =>
    tracked(hub, async (tracking) => {
      const { id } = c.req.valid('param');
      const { artifact_uri } = await readRun(tracking.db, id);
      const items = await findArtifacts(await artifactsOf(tracking, id), c.req.valid('query').folder);
      return c.json({ items, elsewhere: artifact_uri.startsWith(artifactRoot) ? null : artifact_uri }, 200);
    }),
  );
  app.openapi(artifact, (c) =>
    tracked(hub, async (tracking) => {
      const root = await artifactsOf(tracking, c.req.valid('param').id);
      const { body, bytes } = await readArtifact(root, c.req.valid('query').path);
      const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(bytes) };
      return c.body(Readable.toWeb(body) as globalThis.ReadableStream, 200, headers);
    }),
  );
  app.openapi(keep, (c) =>
    tracked(hub, async (tracking) => {
      const { id } = c.req.valid('param');
      const { path } = c.req.valid('query');
      await writeArtifact(await artifactsOf(tracking, id), path, c.req.raw.body as ReadableStream);
      await beat(tracking.db, id, tracking.now());
      tracking.changed(id);
      return c.json({ path }, 200);
    }),
  );
  app.openapi(print, (c) =>
    tracked(hub, async (tracking) => {
      const { id } = c.req.valid('param');
      await readRun(tracking.db, id);
      const bytes = await readBody(c.req.raw, mostPrinted);
      if (bytes === undefined) {
        throw new ForebayError(
          'bad-request',
          `More than ${mostPrinted / 2 ** 20} MiB of output came at once.`,
          'Send it in pieces.',
        );
      }
      const size = await writeOutput(tracking.folder, id, c.req.valid('query').at, bytes);
      await beat(tracking.db, id, tracking.now());
      tracking.changed(id);
      return c.json({ size }, 200);
    }),
  );
};

/** Where they lie. */
async function artifactsOf({ db, folder }: Tracking, id: string): Promise<string> {
  return artifactPath(artifactFolder(folder), recordPlaceOf(await readRun(db, id)));
}

/** UTF-8 that goes on later may end within a character: that comes with the rest. */
function withoutCutCharacter(bytes: Uint8Array, goesOn: boolean): Uint8Array {
  if (!goesOn) return bytes;
  const last = bytes.findLastIndex((byte) => (byte & 0xc0) !== 0x80);
  return last > 0 && (bytes[last] ?? 0) >= 0xc0 ? bytes.subarray(0, last) : bytes;
}
