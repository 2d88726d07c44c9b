import type { CheckoutResult, PullChoice, SyncPreview } from '../schemas.ts';
import { formatAgo } from './moment.ts';
import { formatCount } from './units.ts';

type Clash = NonNullable<CheckoutResult['clashes']>[number];

/** What a person can say of a path that both sides changed. */
export const pullChoices: Record<PullChoice, string> = {
  mine: 'Keep mine',
  theirs: 'Take theirs',
  both: 'Keep both',
};

/** 'v4 by ben, 2 h ago: "relabelled"' */
export function versionSentence(
  { version, author, time, message }: SyncPreview['newer'][number],
  now: number,
): string {
  const said = `v${version} by ${author}, ${formatAgo(time, now)}`;
  return message === '' ? said : `${said}: "${message}"`;
}

/** 'Changed here; removed in v4 by ben, 2 h ago' */
export function clashSentence({ mine, theirs, by }: Clash, now: number): string {
  const here = mine === 'kept' ? 'Stands in its way here' : `${capital(mine)} here`;
  return `${here}; ${theirs} in ${versionSentence(by, now)}`;
}

/** What taking theirs does to the folder's own. */
export function theirsReplace({ theirs }: Pick<Clash, 'theirs'>): string {
  return theirs === 'removed' ? 'removes yours' : 'replaces yours';
}

/** Where a person finds what theirs replaced; '' where nothing was. */
export function replacedSentence({ replaced }: Pick<CheckoutResult, 'replaced'>): string {
  return replaced
    ? `What it replaced is kept in .forebay/replaced: ${formatCount(replaced.files, 'file')}.`
    : '';
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
