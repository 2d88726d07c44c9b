/** A name in two parts, of which only the first may be shortened: so it is shortened in the middle. */
export function splitName(name: string, tail = 8): [head: string, tail: string] {
  return name.length <= tail * 2 ? [name, ''] : [name.slice(0, -tail), name.slice(-tail)];
}
