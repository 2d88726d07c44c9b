import { z } from '@hono/zod-openapi';
import { bytes, count } from './common.ts';
import { Selection } from './dataset.ts';

export const SyncResult = z
  .object({
    dataset: z.string(),
    version: count,
    digest: z.string(),
    files: count,
    bytes,
    added: count,
    changed: count,
    removed: count,
    uploadedBytes: bytes,
    resumedBytes: bytes.describe('that an interrupted sync before it had uploaded'),
  })
  .openapi('SyncResult');

export const ImportResult = SyncResult.extend({
  skipped: z
    .object({ count, some: z.array(z.object({ key: z.string(), problem: z.string() })) })
    .describe("objects that can't be files of a version; `some` names the first hundred"),
}).openapi('ImportResult');

export const CheckoutResult = z
  .object({
    dataset: z.string(),
    version: count.describe('what the folder now stands on'),
    folder: z.string(),
    added: count,
    changed: count,
    removed: count,
    conflicts: z.array(z.string()).describe('paths that both sides changed; the folder keeps its own'),
  })
  .openapi('CheckoutResult');

export const VerifyResult = z
  .object({
    ok: z.boolean(),
    files: count,
    bytes,
    problems: z.array(z.object({ path: z.string(), problem: z.string() })),
  })
  .openapi('VerifyResult');

export const WorkingCopy = z
  .object({
    folder: z.string(),
    dataset: z.string(),
    base: count.describe('0: no version yet'),
    latest: count,
    selection: Selection.optional().describe('of a working copy of a part'),
  })
  .openapi('WorkingCopy');

export type SyncResult = z.infer<typeof SyncResult>;
export type ImportResult = z.infer<typeof ImportResult>;
export type CheckoutResult = z.infer<typeof CheckoutResult>;
export type VerifyResult = z.infer<typeof VerifyResult>;
export type WorkingCopy = z.infer<typeof WorkingCopy>;
