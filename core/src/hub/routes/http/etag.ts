import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

/** `ifNoneMatch`: a request's header; `tag`: the answer's, with its quotes. */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  const known = ifNoneMatch?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known?.some((each) => each === tag || each === '*') ?? false;
}

/** ETag on every JSON answer to a GET, and 304 where the client has it already (RFC 9110, 8.8.3 and 13.1.2). */
export const tagAnswers: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.req.method !== 'GET' || c.res.status !== 200) return;
  if (!c.res.headers.get('Content-Type')?.startsWith('application/json')) return;
  const body = await c.res.clone().arrayBuffer();
  const tag = `"${createHash('sha256').update(Buffer.from(body)).digest('base64url').slice(0, 27)}"`;
  if (isKnown(c.req.header('If-None-Match'), tag)) {
    c.res = new Response(null, { status: 304, headers: { ETag: tag } });
    return;
  }
  c.res.headers.set('ETag', tag);
};
