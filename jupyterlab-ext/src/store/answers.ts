import type { ErrorCode, Problem } from '@forebay/core/api/errors';

function problem(code: ErrorCode, status: number, detail: string, hint: string): Response {
  const body: Problem = { type: `urn:forebay:error:${code}`, title: code, status, detail, code, hint };
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
}

/** No answer from the Jupyter server at all. */
export function noAnswer(): Response {
  return problem(
    'daemon-unreachable',
    503,
    'The Jupyter server does not answer.',
    'It is tried again every few seconds; check that it still runs and that the network is there.',
  );
}

/**
 * What Jupyter itself refuses comes without problem details; here it gets some, so that every failure reads alike.
 * Answers of Forebay pass through unchanged.
 */
export function withProblem(response: Response): Response {
  const type = response.headers.get('Content-Type') ?? '';
  if (response.ok || type.startsWith('application/problem+json')) return response;
  if (response.status === 401 || response.status === 403) {
    return problem(
      'unauthenticated',
      response.status,
      'This Jupyter server does not let you use Forebay.',
      'Log in again; if that does not help, whoever runs the server can grant the resource "forebay".',
    );
  }
  if (response.status === 404) {
    return problem(
      'route-unknown',
      404,
      "Forebay's part of the Jupyter server is not running.",
      'Install the wheel jupyterlab-forebay where the Jupyter server runs, then start the server again.',
    );
  }
  return response;
}
