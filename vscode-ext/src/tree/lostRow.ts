import { ForebayError } from '@forebay/core/api/errors';

/**
 * Refuses a row's button or menu of which the editor has forgotten the row, since it was being drawn again: what a row
 * calls comes with the row and what else is selected, what a palette or a key calls with nothing.
 */
export function refuseLostRow(given: readonly unknown[]): void {
  if (given.length < 2 || given[0] !== undefined) return;
  throw new ForebayError('bad-request', 'This row changed while it was pressed.', 'Press it again.');
}
