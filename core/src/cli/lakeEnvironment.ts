import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LakeRequest, StoreRequest } from '../api/schemas.ts';

/** The lake that a URL or a folder (relative to `folder`) names, with what the SDK's environment says of its store. */
export function lakeRequest(url: string, folder: string, env: NodeJS.ProcessEnv): LakeRequest {
  if (url.startsWith('s3://')) return { url, ...storeEnvironment(env) };
  return { url: path.resolve(folder, url.startsWith('file://') ? fileURLToPath(url) : url) };
}

/** Whether the environment has credentials that a daemon started by somebody else may lack. */
export function hasCredentials(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY);
}

export function storeEnvironment(env: NodeJS.ProcessEnv): StoreRequest {
  const endpoint = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  return {
    ...(endpoint ? { endpoint } : {}),
    ...(region ? { region } : {}),
    ...(hasCredentials(env) ? { credentials: credentials(env) } : {}),
  };
}

function credentials(env: NodeJS.ProcessEnv): NonNullable<LakeRequest['credentials']> {
  return {
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
  };
}
