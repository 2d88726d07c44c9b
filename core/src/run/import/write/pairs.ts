import { checkKey } from '../../names.ts';
import type { Tag } from '../../tags.ts';
import type { Problems } from '../problems.ts';

/** Those whose keys are right; a store may hold others, which MLflow's own clients could not have written. */
export function rightPairs(
  what: 'parameter' | 'tag',
  pairs: readonly Tag[],
  whose: string,
  problems: Problems,
): Tag[] {
  return pairs.filter(({ key }) => isRightKey(what, key, whose, problems));
}

export function isRightKey(
  what: 'metric' | 'parameter' | 'tag',
  key: string,
  whose: string,
  problems: Problems,
): boolean {
  const right = problems.attempt(whose, () => {
    checkKey(what, key);
    return true;
  });
  return right === true;
}
