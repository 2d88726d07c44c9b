/** What lies below each row of the top, by that row's id, in the order of these rows. */
export type Shapes = ReadonlyMap<string, string>;

/**
 * Rows of the top below which some came or went; undefined where that is so at the top itself. All below a row that is
 * drawn again is unknown to the editor until it has asked anew: a click on it meanwhile is lost, and at the top that is
 * the whole tree.
 */
export function grownRows(before: Shapes, after: Shapes): string[] | undefined {
  if ([...before.keys()].join('\n') !== [...after.keys()].join('\n')) return undefined;
  return [...after].filter(([id, shape]) => before.get(id) !== shape).map(([id]) => id);
}
