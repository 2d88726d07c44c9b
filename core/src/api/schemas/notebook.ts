import { z } from '@hono/zod-openapi';
import { count, time } from './common.ts';

const who = {
  path: z.string().min(1).max(4096).describe('of the file, on `host`'),
  host: z.string().min(1).max(255),
  user: z.string().max(250),
};

/** A notebook tells what it uses; said again, the times move on. */
export const NotebookUseRequest = z.object({
  ...who,
  refs: z.array(z.string().min(1)).max(100).describe('NAME@vN of each version'),
  by: z.enum(['mount', 'open', 'run']).describe('a mounted folder, single files, or a run that was started'),
  run: z.string().optional().describe('id of the run that was started in it'),
});

/** A version that a notebook has used. */
export const NotebookUse = z
  .object({
    notebook: z.string().describe("the notebook's id, which lineage knows it by"),
    name: z.string().describe("the file's name"),
    ...who,
    dataset: z.string(),
    version: count,
    digest: z.string(),
    by: z.enum(['mount', 'open', 'run']).describe('how it was used last'),
    first: time,
    last: time,
    times: count.describe('kernels and cells that said so'),
  })
  .openapi('NotebookUse');

/** What lineage shows of a notebook. */
export const LineageNotebook = z.object({
  kind: z.literal('notebook'),
  id: z.string(),
  name: z.string().describe("the file's name"),
  ...who,
  last: time.describe('when it last used something'),
});

export type NotebookUseRequest = z.infer<typeof NotebookUseRequest>;
export type NotebookUse = z.infer<typeof NotebookUse>;
export type LineageNotebook = z.infer<typeof LineageNotebook>;
