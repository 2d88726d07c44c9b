import type { z } from 'zod';

/** What is wrong with a tool's input, in one sentence. */
export function inputProblem(tool: string, error: z.ZodError): string {
  const problems = error.issues.map((issue) => {
    const where = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') return `there is no ${issue.keys.join(', ')}`;
    if (
      issue.code === 'invalid_type' &&
      issue.input === undefined &&
      /received undefined/.test(issue.message)
    )
      return `${where} is missing`;
    const message = issue.message.replace(/^Invalid (input|option|string): /, '');
    return where === '' ? message : `${where}: ${message}`;
  });
  return `${tool} can't take this: ${problems.join('; ')}.`;
}
