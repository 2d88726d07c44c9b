import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ForebayError } from '../../../api/index.ts';
import type { HubContext } from '../../context.ts';

/** Long enough for any client that retries; milliseconds. */
const remembered = 86_400_000;

interface Answer {
  status: number;
  body: string;
}

/**
 * A write that is sent again with the same `Idempotency-Key` is done once and answered the same, also when both
 * arrive at once (IETF draft-ietf-httpapi-idempotency-key-header). Only what succeeded is remembered.
 */
export function answerTwiceTheSame(hub: HubContext): MiddlewareHandler {
  const underWay = new Map<string, { fingerprint: string; answer: Promise<Answer | undefined> }>();
  return async (c, next) => {
    const key = c.req.header('Idempotency-Key');
    if (c.req.method !== 'POST' || key === undefined) return next();
    const fingerprint = createHash('sha256')
      .update(`${c.req.path}\n${await c.req.text()}`)
      .digest('hex');
    const running = underWay.get(key);
    if (running) {
      requireSame(running.fingerprint, fingerprint);
      const answer = await running.answer;
      if (answer) return respond(answer);
    }
    const result = Promise.withResolvers<Answer | undefined>();
    underWay.set(key, { fingerprint, answer: result.promise });
    try {
      const known = await hub.db.selectFrom('answer').selectAll().where('key', '=', key).executeTakeFirst();
      if (known) {
        requireSame(known.fingerprint, fingerprint);
        result.resolve(known);
        return respond(known);
      }
      await next();
      if (!c.res.ok) return;
      const answer = { status: c.res.status, body: await c.res.clone().text() };
      const now = hub.clock.now();
      await hub.db
        .deleteFrom('answer')
        .where('created', '<', now - remembered)
        .execute();
      await hub.db
        .insertInto('answer')
        .values({ key, fingerprint, ...answer, created: now })
        .execute();
      result.resolve(answer);
    } finally {
      result.resolve(undefined);
      underWay.delete(key);
    }
  };
}

function requireSame(before: string, now: string): void {
  if (before === now) return;
  throw new ForebayError(
    'bad-request',
    'This Idempotency-Key was sent with another request before.',
    'Use a new key.',
  );
}

function respond(answer: Answer): Response {
  return new Response(answer.body, {
    status: answer.status,
    headers: { 'Content-Type': 'application/json', 'Idempotent-Replayed': 'true' },
  });
}
