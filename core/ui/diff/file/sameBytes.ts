import type { DiffFile } from '../../../src/api/schemas.ts';

/** Whether both sides are known to have the same bytes: of what lies elsewhere, and was not read yet, no digest is known. */
export const sameBytes = ({ before, after }: Pick<DiffFile, 'before' | 'after'>): boolean =>
  before?.sha256 !== undefined && before.sha256 === after?.sha256;
