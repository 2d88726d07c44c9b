import { z } from '@hono/zod-openapi';

export const TrackingInfo = z
  .object({
    url: z.string().describe('MLFLOW_TRACKING_URI'),
    token: z.string().describe('MLFLOW_TRACKING_TOKEN, sent as a bearer token'),
  })
  .openapi('TrackingInfo');

export type TrackingInfo = z.infer<typeof TrackingInfo>;
