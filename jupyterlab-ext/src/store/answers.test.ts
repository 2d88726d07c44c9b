import { describe, expect, test } from 'vitest';
import { noAnswer, withProblem } from './answers.ts';

const answer = (status: number, type: string) =>
  new Response('{"message": "no"}', { status, headers: { 'Content-Type': type } });

describe('what the Jupyter server answers', () => {
  test('passes unchanged when it is a result or a problem of Forebay', () => {
    for (const one of [answer(200, 'application/json'), answer(404, 'application/problem+json')]) {
      expect(withProblem(one)).toBe(one);
    }
  });

  test.each([
    [401, 'unauthenticated'],
    [403, 'unauthenticated'],
    [404, 'route-unknown'],
    [424, 'daemon-unreachable'],
  ])('becomes a problem with a hint when Jupyter or its hub refuses with %d', async (status, code) => {
    const problem = await withProblem(answer(status, 'application/json')).json();
    expect(problem).toMatchObject({ status, code, hint: expect.stringMatching(/\w/) });
  });

  test.each([502, 503, 504])('counts as offline where a proxy says %d', async (status) => {
    const problem = await withProblem(answer(status, 'text/html')).json();
    expect(problem).toMatchObject({ code: 'daemon-unreachable' });
  });

  test('is no result where the way there ended at a page for logging in', async () => {
    const login = Object.defineProperty(answer(200, 'text/html'), 'redirected', { value: true });
    expect(await withProblem(login).json()).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  test('is missing when the server is gone, which counts as offline', async () => {
    expect(await noAnswer().json()).toMatchObject({ code: 'daemon-unreachable', status: 503 });
  });
});
