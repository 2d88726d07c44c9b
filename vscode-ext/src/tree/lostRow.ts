import { ForebayError } from '@forebay/core/api/errors';

type Menu = readonly { command: string }[];

/** Commands that in a view only rows have; the buttons of its title come with the row that has the focus, or with none. */
export function onRowsAlone(menus: { 'view/item/context': Menu; 'view/title': Menu }): Set<string> {
  const inTitles = new Set(menus['view/title'].map(({ command }) => command));
  const onRows = menus['view/item/context'].map(({ command }) => command);
  return new Set(onRows.filter((command) => !inTitles.has(command)));
}

/**
 * Refuses a row's button or menu of which the editor has forgotten the row, since it was being drawn again: what a row
 * calls comes with the row and what else is selected, what a palette or a key calls with nothing.
 */
export function refuseLostRow(given: readonly unknown[]): void {
  if (given.length < 2 || given[0] !== undefined) return;
  throw new ForebayError('bad-request', 'This row changed while it was pressed.', 'Press it again.');
}
