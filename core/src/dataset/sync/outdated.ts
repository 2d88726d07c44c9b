import { ForebayError } from '../../api/errors.ts';
import { formatRef } from '../../api/ref.ts';
import type { VersionRecord } from '../history.ts';

/** Thrown inside a sync when the log moved on in a way that the attempt must take into account: it begins again. */
export class Outdated extends Error {
  override readonly name = 'Outdated';
}

/** Says who was first, and with what. */
export function newerVersion(name: string, base: number, newer: VersionRecord[]): ForebayError {
  const newest = newer.at(-1);
  const what = newest?.message ? `: "${newest.message}"` : '';
  const others = newer.length > 1 ? ` and ${newer.length - 1} before it` : '';
  const basis = base === 0 ? 'is not based on any version' : `is based on v${base}`;
  return new ForebayError(
    'newer-version',
    `${newest?.author} made ${formatRef(name, newest?.version ?? 0)} on ${newest?.time}${what}${others}, and your folder ${basis}.`,
    'Bring it in with `forebay data pull`, then sync again; or make your folder the next version anyway with `forebay data sync --replace`.',
  );
}

export function tooBusy(): ForebayError {
  return new ForebayError(
    'newer-version',
    'Others made version after version of this dataset while yours was being made.',
    'Sync again when they are done; nothing is uploaded twice.',
  );
}
