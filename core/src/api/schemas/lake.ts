import { z } from '@hono/zod-openapi';

export const LakeInfo = z
  .object({
    id: z.string(),
    url: z.string().describe('s3://bucket/prefix or an absolute path'),
    settled: z
      .boolean()
      .describe('false: nobody chose it, and nothing is in it, so that another may take its place'),
    temporary: z.boolean().describe('on a file system that a restart may empty'),
    endpoint: z.string().optional(),
    region: z.string().optional(),
  })
  .openapi('Lake');

/** Credentials are kept in memory only. */
export const LakeRequest = z
  .object({
    url: z.string(),
    endpoint: z.string().optional(),
    region: z.string().optional(),
    credentials: z
      .object({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string().optional() })
      .optional(),
  })
  .openapi('LakeRequest');

/** An S3 store beside the lake; credentials are kept in memory only. */
export const StoreRequest = LakeRequest.omit({ url: true })
  .extend({ endpoint: z.url().optional().describe("none: Amazon's own") })
  .openapi('StoreRequest');

export type LakeInfo = z.infer<typeof LakeInfo>;
export type LakeRequest = z.infer<typeof LakeRequest>;
export type StoreRequest = z.infer<typeof StoreRequest>;
