/**
 * Goes from one control of a row to the next, as WAI-ARIA's grid pattern has it: right from the grid is the first,
 * left of the first the grid again. False where the key means something else there. `on` has the focus.
 */
export function goInRow(key: string, grid: HTMLElement, row: HTMLElement | null, on: HTMLElement): boolean {
  const controls = [...(row?.querySelectorAll<HTMLElement>('button, a[href], input') ?? [])];
  const at = controls.indexOf(on);
  if (at < 0 && on !== grid) return false;
  if (key === 'Escape' && at >= 0) grid.focus();
  else if (key === 'ArrowLeft' && at >= 0) (controls[at - 1] ?? grid).focus();
  else if (key === 'ArrowRight' && at + 1 < controls.length) controls[at + 1]?.focus();
  else return false;
  return true;
}
