import { z } from '@hono/zod-openapi';
import { ProblemBody } from '../../../api/index.ts';

/** What every route may answer when it can't do as asked (RFC 9457). */
export const problems = {
  default: {
    description: 'What went wrong, in a sentence, with a code and what to do next',
    content: { 'application/problem+json': { schema: ProblemBody } },
  },
} as const;

export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

export const body = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

/** `cursor` is the `next` of the page before. */
export const PageQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const IdempotencyKey = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('Sent again with the same key, a write is done once and answered the same'),
});

/** An absolute path on the daemon's machine. */
export const Folder = z.string().min(1).describe('an absolute path on this machine');
export const RefText = z.string().min(1).describe('NAME[@SEL]');
export const DatasetParam = z.object({ name: z.string() });
export const VersionParam = z.object({
  name: z.string(),
  sel: z.string().describe('v3, latest, a tag, or sha256-HEX'),
});
export const IdParam = z.object({ id: z.string() });
