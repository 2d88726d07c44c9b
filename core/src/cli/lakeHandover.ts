import type { Context } from './context.ts';
import { hasCredentials, lakeRequest, storeEnvironment } from './lakeEnvironment.ts';

/** Gives the daemon the lake and credentials of this environment; false where there is nothing to give. */
export async function handOverLake(context: Context): Promise<boolean> {
  const client = await context.clientOfAnyLake();
  const current = (await client.app.status()).lake?.url;
  const url = current ?? context.env.FOREBAY_LAKE;
  if (url === undefined) return false;
  if (current !== undefined && !hasCredentials(context.env)) return false;
  if (hasCredentials(context.env)) await client.app.useStore(storeEnvironment(context.env));
  if (current === undefined || current.startsWith('s3://')) {
    await client.app.openLake(lakeRequest(url, context.folder, context.env));
  }
  return true;
}
