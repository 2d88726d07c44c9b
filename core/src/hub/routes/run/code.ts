import { existsSync } from 'node:fs';
import { createRoute, z } from '@hono/zod-openapi';
import { CodeDiff } from '../../../api/index.ts';
import { recordedFiles } from '../../../api/run/recordedFiles.ts';
import { codeTag } from '../../../api/run/runTags.ts';
import { artifactFolder, artifactPath, recordPlaceOf } from '../../../run/artifact/place.ts';
import { compareCode } from '../../../run/code/compare.ts';
import { readRecordedCode, whyNotWhole } from '../../../run/code/recorded.ts';
import { executionsOf } from '../../../run/execution.ts';
import type { Tracking } from '../../../run/mlflow/handler.ts';
import { readRun } from '../../../run/runs.ts';
import type { Routes } from '../http/context.ts';
import { IdParam, json, problems } from '../http/route.ts';
import { tracked } from './tracked.ts';

const compare = createRoute({
  method: 'get',
  path: '/api/v1/runs/{id}/code-diff',
  summary: "What another run's code has that this one's hasn't, and the other way round",
  request: { params: IdParam, query: z.object({ with: z.string().min(1).describe("the other run's id") }) },
  responses: { 200: json(CodeDiff, 'As `git diff` writes it'), ...problems },
});

export const runCodeRoutes: Routes = (app, hub) => {
  app.openapi(compare, (c) =>
    tracked(hub, async (tracking) => {
      const [before, after] = await Promise.all([
        codeOf(tracking, c.req.valid('param').id),
        codeOf(tracking, c.req.valid('query').with),
      ]);
      if (before.code === null || after.code === null) {
        return c.json({ patch: null, why: before.why ?? after.why }, 200);
      }
      // Either run's folder will do, as long as its repository has both commits.
      let why = 'Neither run says where its repository is.';
      for (const { folder } of [after, before]) {
        if (folder === null) continue;
        try {
          return c.json({ patch: await compareCode(folder, before.code, after.code), why: null }, 200);
        } catch (error) {
          why = `git can't compare them in ${folder}: ${(error as Error).message}`;
        }
      }
      return c.json({ patch: null, why }, 200);
    }),
  );
};

async function codeOf({ db, folder: home }: Tracking, id: string) {
  const run = await readRun(db, id);
  const execution = (await executionsOf(db, [id])).get(id);
  const folder = execution?.folder ?? null;
  const place = (relative: string) =>
    artifactPath(artifactPath(artifactFolder(home), recordPlaceOf(run)), relative);
  // A runner sends its environment once it has sent its code.
  const isArriving =
    execution !== undefined && run.status === 'RUNNING' && !existsSync(place(recordedFiles.environment));
  const why = whyNotWhole(run, isArriving);
  if (why !== null) return { folder, code: null, why };
  const commit = run.tags.find(({ key }) => key === codeTag.commit)?.value ?? '';
  return { folder, code: await readRecordedCode(place(''), commit), why };
}
