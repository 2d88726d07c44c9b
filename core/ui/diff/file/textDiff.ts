import { diffArrays, diffWordsWithSpace } from 'diff';

/** A stretch of a line; `marked`: that is what differs. */
export interface Stretch {
  text: string;
  marked: boolean;
}

export interface Line {
  /** From 1. */
  number: number;
  stretches: Stretch[];
}

/** What stands beside each other; one side is missing where a line came or went. */
export interface LinePair {
  kind: 'same' | 'changed' | 'added' | 'removed';
  left: Line | undefined;
  right: Line | undefined;
}

export interface TextDiff {
  pairs: LinePair[];
  added: number;
  removed: number;
  /** The texts differ too much to be matched line by line in reasonable time: all of one, then all of the other. */
  unmatched: boolean;
}

/** Milliseconds. */
const patience = 1500;
/** Letters of a line up to which its words are compared, and words by which two lines may differ. */
const longestLine = 2000;
const mostWords = 200;

/** Two texts, line by line; lines that stand in each other's place are compared word by word. */
export function diffText(before: string, after: string): TextDiff {
  const [old, now] = [linesOf(before), linesOf(after)];
  const deadline = performance.now() + patience;
  const parts = diffArrays(old, now, { timeout: patience });
  const changes = parts ?? [
    { value: old, added: false, removed: true },
    { value: now, added: true, removed: false },
  ];
  const diff: TextDiff = { pairs: [], added: 0, removed: 0, unmatched: parts === undefined };
  let [left, right] = [0, 0];
  for (let at = 0; at < changes.length; at++) {
    const { value, added, removed } = changes[at] as (typeof changes)[number];
    if (!added && !removed) {
      for (const text of value) diff.pairs.push(pairOf('same', [++left, text], [++right, text]));
      continue;
    }
    const next = changes[at + 1];
    const [gone, came] = removed ? [value, next?.added ? next.value : []] : [[], value];
    if (removed && next?.added) at++;
    diff.removed += gone.length;
    diff.added += came.length;
    for (let row = 0; row < Math.max(gone.length, came.length); row++) {
      const [was, is] = [gone[row], came[row]];
      if (was !== undefined && is !== undefined) {
        const whole = diff.unmatched || performance.now() > deadline;
        const pair = whole ? undefined : words(left + 1, was, right + 1, is);
        diff.pairs.push(pair ?? pairOf('changed', [left + 1, was], [right + 1, is]));
        left++;
        right++;
      } else if (was !== undefined) diff.pairs.push(pairOf('removed', [++left, was], undefined));
      else if (is !== undefined) diff.pairs.push(pairOf('added', undefined, [++right, is]));
    }
  }
  return diff;
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function pairOf(
  kind: LinePair['kind'],
  left: [number, string] | undefined,
  right: [number, string] | undefined,
): LinePair {
  const line = (side: [number, string] | undefined) =>
    side && { number: side[0], stretches: [{ text: side[1], marked: false }] };
  return { kind, left: line(left), right: line(right) };
}

/** Undefined for lines that are too long, or have too little in common, to be compared in reasonable time. */
function words(left: number, was: string, right: number, is: string): LinePair | undefined {
  if (was.length > longestLine || is.length > longestLine) return undefined;
  const parts = diffWordsWithSpace(was, is, { maxEditLength: mostWords });
  if (!parts) return undefined;
  const side = (without: 'added' | 'removed') =>
    parts
      .filter((part) => !part[without])
      .map(({ value, added, removed }): Stretch => ({ text: value, marked: added || removed }));
  return {
    kind: 'changed',
    left: { number: left, stretches: side('added') },
    right: { number: right, stretches: side('removed') },
  };
}

/** Equal lines around a change that stay in sight. */
const context = 3;

export type Shown = { kind: 'pair'; pair: LinePair } | { kind: 'fold'; at: number; pairs: LinePair[] };

/** Long stretches of equal lines folded away, but for those around a change. `open`: folds that a person opened. */
export function foldEqual(pairs: readonly LinePair[], open: ReadonlySet<number>): Shown[] {
  const near = new Uint8Array(pairs.length);
  for (const [at, { kind }] of pairs.entries()) {
    if (kind !== 'same') near.fill(1, Math.max(0, at - context), at + context + 1);
  }
  const shown: Shown[] = [];
  for (let at = 0; at < pairs.length; ) {
    let end = at;
    while (end < pairs.length && !near[end]) end++;
    const hidden = pairs.slice(at, end);
    if (hidden.length > 1 && !open.has(at)) shown.push({ kind: 'fold', at, pairs: hidden });
    else for (const pair of hidden) shown.push({ kind: 'pair', pair });
    at = end;
    for (; at < pairs.length && near[at]; at++) shown.push({ kind: 'pair', pair: pairs[at] as LinePair });
  }
  return shown;
}
