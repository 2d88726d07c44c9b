import type { CheckoutResult, PullChoice } from '@forebay/core/api/schemas';

export type Clash = NonNullable<CheckoutResult['clashes']>[number];
/** By path; what isn't named stays as the folder has it. */
export type Choices = Record<string, PullChoice>;

/** Where there is something to choose: elsewhere yours stays, since there is no place for theirs. */
export function choosable(clashes: readonly Clash[]): Clash[] {
  return clashes.filter(({ choices }) => choices.length > 1);
}

/** The same of all that allow it. */
export function everywhere(clashes: readonly Clash[], choice: PullChoice): Choices {
  return Object.fromEntries(
    clashes.filter(({ choices }) => choices.includes(choice)).map(({ path }) => [path, choice]),
  );
}
