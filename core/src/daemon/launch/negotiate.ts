import { ForebayError } from '../../api/errors.ts';
import type { Hello } from '../../api/schemas.ts';

/** What a front end's own program speaks and can open. */
export interface OwnProgram {
  version: string;
  apiMin: number;
  apiMax: number;
  schema: number;
}

/**
 * Whether a running daemon is used as it is, or asked to hand over to our newer program.
 * Throws `daemon-newer` where it is this program that must be updated.
 */
export function negotiate(hello: Hello, own: OwnProgram): 'use' | 'handover' {
  if (compareVersions(own.version, hello.version) > 0 && own.schema >= hello.schema) return 'handover';
  if (hello.apiMin <= own.apiMin && hello.apiMax >= own.apiMax) return 'use';
  throw new ForebayError(
    'daemon-newer',
    `The daemon on this machine is Forebay ${hello.version}; this program is ${own.version} and can't talk to it.`,
    `Update this program to ${hello.version} or later.`,
  );
}

/** Positive where `a` is newer. Versions are dotted numbers; what follows a hyphen comes before the release (SemVer 11). */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [takeApart(a), takeApart(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.pre === right.pre) return 0;
  if (left.pre === '' || right.pre === '') return left.pre === '' ? 1 : -1;
  return left.pre < right.pre ? -1 : 1;
}

function takeApart(version: string): { numbers: number[]; pre: string } {
  const [release = '', ...pre] = (version.split('+')[0] ?? '').split('-');
  return { numbers: release.split('.').map(Number), pre: pre.join('-') };
}
