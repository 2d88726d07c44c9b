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
  ])('becomes a problem with a hint when Jupyter itself refuses with %d', async (status, code) => {
    const problem = await withProblem(answer(status, 'application/json')).json();
    expect(problem).toMatchObject({ status, code, hint: expect.stringMatching(/\w/) });
  });

  test('is missing when the server is gone, which counts as offline', async () => {
    expect(await noAnswer().json()).toMatchObject({ code: 'daemon-unreachable', status: 503 });
  });
});
