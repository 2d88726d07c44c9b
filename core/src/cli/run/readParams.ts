import { readFile } from 'node:fs/promises';
import { ForebayError } from '../../api/errors.ts';

/** Declared parameters of a YAML or JSON file; `file` is absolute. Throws `path-unknown`, `bad-request`. */
export async function readParams(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new ForebayError('path-unknown', `${file} can't be read: ${cause.message}.`, undefined, { cause });
  });
  // Loaded late: no other command needs it.
  const { parseParams } = await import('../../runner/params.ts');
  return parseParams(text, file);
}
