import type { LakeLocation } from '../lake/location.ts';

/** The lake that `FOREBAY_LAKE` names for a home that has none yet, with what the SDK's variables say of its store. */
export function lakeFromEnvironment(env: NodeJS.ProcessEnv): LakeLocation | undefined {
  if (!env.FOREBAY_LAKE) return undefined;
  const endpoint = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || undefined;
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined;
  return { url: env.FOREBAY_LAKE, ...(env.FOREBAY_LAKE.startsWith('s3://') ? { endpoint, region } : {}) };
}
