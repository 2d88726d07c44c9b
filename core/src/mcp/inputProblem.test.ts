import { expect, test } from 'vitest';
import { z } from 'zod';
import { inputProblem } from './inputProblem.ts';

const input = z.strictObject({
  ref: z.string().min(1),
  limit: z.number().max(10).default(1),
  kinds: z.enum(['a', 'b']).optional(),
});
const problem = (given: object) => {
  const { error } = input.safeParse(given);
  return error && inputProblem('list_files', error);
};

test('what is wrong with an input is one sentence', () => {
  expect(problem({})).toBe("list_files can't take this: ref is missing.");
  expect(problem({ ref: 3 })).toBe("list_files can't take this: ref: expected string, received number.");
  expect(problem({ ref: 'a', limit: 11, colour: 1 })).toBe(
    "list_files can't take this: limit: Too big: expected number to be <=10; there is no colour.",
  );
  expect(problem({ ref: 'a', kinds: 'c' })).toMatch(
    /^list_files can't take this: kinds: expected one of "a"\|"b"\.$/,
  );
  expect(problem({ ref: 'a' })).toBeUndefined();
});
