import { hash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { bearerOf } from '../../run/mlflow/authorization.ts';
import type { WithinRun } from '../../run/mlflow/handler.ts';
import { isPart } from '../../run/mlflow/parts.ts';

/** Inside `forebay run` the run's id follows the token. */
const withRun = /^(.*)\.([0-9a-f]{32})$/;

/** What is asked without a token: whether we are there, and to take a part of a file, whose address is a secret itself. */
const isOpen = (request: { method: string; path: string }) => request.path === '/health' || isPart(request);

/**
 * Who may ask on loopback, where every user and every web page of this machine can reach us: who sends the token, for our own
 * host name (DNS rebinding), and isn't a page of a browser, which always says where it comes from. No token: everybody on this machine.
 */
export function onlyOwner(token: () => string | null, port: () => number): MiddlewareHandler<WithinRun> {
  return async (c, next) => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`];
    if (!hosts.includes(c.req.header('host') ?? '') || c.req.header('origin') !== undefined) {
      return c.json({ error_code: 'PERMISSION_DENIED', message: 'Ask 127.0.0.1, and not from a page.' }, 403);
    }
    const authorization = bearerOf(c.req.header('authorization'));
    const [, sent = authorization, run] = withRun.exec(authorization) ?? [];
    const given = hash('sha256', sent, 'buffer');
    const wanted = token();
    const expected = wanted === null ? given : hash('sha256', `Bearer ${wanted}`, 'buffer');
    if (!isOpen(c.req) && !timingSafeEqual(given, expected)) {
      const message = 'The token is missing or wrong. In a shell, run: eval "$(forebay env)"';
      return c.json({ error_code: 'UNAUTHENTICATED', message }, 401);
    }
    c.set('within', run);
    return next();
  };
}
