/** Links followed at most, as Linux does (path_resolution(7)); more is a loop, which leads nowhere. */
const followedMost = 40;

/**
 * Whether following the link at `path` ends outside its tree, the tree's own links followed too:
 * so `a/..` is where the link `a` leads, not what the text looks like.
 */
export function linkLeaves(path: string, target: string, links: ReadonlyMap<string, string>): boolean {
  const place = path.split('/').slice(0, -1);
  const todo = steps(target);
  let followed = 0;
  if (isAbsolute(target)) return true;
  while (todo.length > 0) {
    const step = todo.pop();
    if (step === '' || step === '.' || step === undefined) continue;
    if (step === '..') {
      if (place.pop() === undefined) return true;
      continue;
    }
    place.push(step);
    const next = links.get(place.join('/'));
    if (next === undefined) continue;
    if (isAbsolute(next)) return true;
    if (++followed > followedMost) return false;
    place.pop();
    todo.push(...steps(next));
  }
  return false;
}

/** Last first, so that the next is popped. */
function steps(target: string): string[] {
  return target.split('/').reverse();
}

function isAbsolute(target: string): boolean {
  return target.startsWith('/') || /^[A-Za-z]:[\\/]/.test(target) || target.startsWith('\\');
}
