import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import type * as z from 'zod';
import { ForebayError, type Problem } from '../../../api/index.ts';

/** An empty app whose every failure is a problem of RFC 9457: ours, zod's, and what nobody foresaw. */
export function newApp(log: (error: unknown) => void = () => {}): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw new ForebayError('bad-request', sentenceOf(result.error, result.target));
    },
  });
  app.onError((thrown, c) => {
    const error = isRefusedBody(thrown)
      ? new ForebayError('bad-request', "The request's body is not JSON, or not sent as application/json.")
      : ForebayError.from(thrown);
    if (error.code === 'internal') log(thrown);
    return problemResponse(error.toProblem(), c.req.path);
  });
  app.notFound((c) =>
    problemResponse(
      new ForebayError('route-unknown', `There is no ${c.req.method} ${c.req.path}.`).toProblem(),
      c.req.path,
    ),
  );
  return app;
}

export function problemResponse(problem: Problem, instance: string): Response {
  return new Response(JSON.stringify({ ...problem, instance }), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json' },
  });
}

/** Hono says so by its own kind of exception: 400 for bad JSON, 415 for another type. */
function isRefusedBody(thrown: unknown): boolean {
  return thrown instanceof HTTPException && (thrown.status === 400 || thrown.status === 415);
}

/** 'body: capacity: expected number, received string; ...' */
function sentenceOf(error: z.core.$ZodError, target: string): string {
  const where = target === 'json' ? 'body' : target;
  const issues = error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  });
  return `The request's ${where} is not right: ${issues.join('; ')}.`;
}
