import { z } from '@hono/zod-openapi';
import { bytes, count, time } from './common.ts';
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

const VersionBrief = z.object({ version: count, author: z.string(), time, message: z.string() });

export const PullChoice = z.enum(['mine', 'theirs', 'both']).openapi('PullChoice');

const FileAmount = z.object({ files: count, bytes });

/** What the next sync of a folder would make. Counts are of paths. */
export const SyncPreview = z
  .object({
    folder: z.string(),
    dataset: z.string().nullable().describe('null: the folder is no working copy yet'),
    base: count.describe('0: no version yet'),
    files: count.describe('in the folder now'),
    bytes,
    added: FileAmount,
    changed: FileAmount,
    removed: FileAmount.describe('with their former bytes'),
    changes: z
      .array(
        z.object({
          path: z.string(),
          is: z.enum(['added', 'changed', 'removed']),
          before: bytes,
          after: bytes,
        }),
      )
      .describe('in path order, the first 5,000'),
    newer: z.array(VersionBrief).describe('what others made since: such a sync is refused, pull first'),
  })
  .openapi('SyncPreview');

/** How a working copy stands, looked at without reading any file. */
export const WorkingCopyStatus = z
  .object({
    folder: z.string(),
    inside: z.string().describe('the folder that was asked for, within the working copy; empty: its top'),
    dataset: z.string(),
    base: count,
    large: z.boolean().describe('true: too many files to be looked at without being asked'),
    added: count,
    changed: count,
    removed: count,
    newest: VersionBrief.nullable().describe('null: nothing newer than the base'),
    items: z
      .array(z.object({ name: z.string(), is: z.enum(['added', 'changed', 'removed', 'ignored']), count }))
      .describe('in the folder that is shown; of a folder how many paths below it differ'),
    changes: z
      .array(z.object({ path: z.string(), is: z.enum(['added', 'changed', 'removed']) }))
      .describe('of the whole working copy, in path order, as many as were asked for'),
  })
  .openapi('WorkingCopyStatus');

export const CheckoutResult = z
  .object({
    dataset: z.string(),
    version: count.describe('what the folder now stands on'),
    folder: z.string(),
    added: count,
    changed: count,
    removed: count,
    conflicts: z.array(z.string()).describe('paths that both sides changed; the folder keeps its own'),
    clashes: z
      .array(
        z.object({
          path: z.string(),
          mine: z.enum(['added', 'changed', 'removed', 'kept']),
          theirs: z.enum(['added', 'changed', 'removed', 'kept']),
          by: VersionBrief.describe('the newest version that changed it'),
          choices: z
            .array(PullChoice)
            .describe("'both' puts theirs beside mine, under a name with its version"),
        }),
      )
      .optional()
      .describe('of a pull: what both sides did, whatever was chosen'),
    replaced: z
      .object({ folder: z.string(), files: count })
      .optional()
      .describe('of a pull: where what theirs replaced by choice is kept, of the last five pulls that did'),
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
export type PullChoice = z.infer<typeof PullChoice>;
export type SyncPreview = z.infer<typeof SyncPreview>;
export type WorkingCopyStatus = z.infer<typeof WorkingCopyStatus>;
export type WorkingCopy = z.infer<typeof WorkingCopy>;
