import { z } from '@hono/zod-openapi';

export const count = z.number().int().nonnegative();

export const bytes = count.describe('bytes');

export const time = z.iso.datetime().describe('RFC 3339, UTC');

export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    code: z.string(),
    hint: z.string().optional(),
  })
  .openapi('Problem');

/** One page of a list; `next` is the cursor of the following one, null at the end. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
