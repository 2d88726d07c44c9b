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

/** JupyterHub answers so for a person whose server it stopped, by its own page or because it stood idle. */
const serverStopped = 424;
/** A proxy in front of the server, which doesn't reach it. */
const serverUnreached = [502, 503, 504];

/**
 * What Jupyter, its hub or a proxy says in Forebay's place comes without problem details; here it gets some, so that
 * every failure reads alike. Answers of Forebay pass through unchanged.
 */
export function withProblem(response: Response): Response {
  const { ok, status, redirected, headers } = response;
  const type = headers.get('Content-Type') ?? '';
  if (redirected && type.startsWith('text/html')) {
    return problem(
      'unauthenticated',
      401,
      'You are logged out.',
      'Log in again in another tab, or reload this page.',
    );
  }
  if (ok || type.startsWith('application/problem+json')) return response;
  if (status === 401 || status === 403) {
    return problem(
      'unauthenticated',
      status,
      'This Jupyter server does not let you use Forebay.',
      'Log in again; if that does not help, whoever runs the server can grant the resource "forebay".',
    );
  }
  if (status === 404) {
    return problem(
      'route-unknown',
      404,
      "Forebay's part of the Jupyter server is not running.",
      'Install the wheel jupyterlab-forebay where the Jupyter server runs, then start the server again.',
    );
  }
  if (status === serverStopped) {
    return problem(
      'daemon-unreachable',
      status,
      'Your Jupyter server was stopped.',
      'Start it again: choose Hub Control Panel in the File menu.',
    );
  }
  if (serverUnreached.includes(status)) return noAnswer();
  return response;
}
