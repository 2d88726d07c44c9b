import { ForebayError } from '../../api/errors.ts';
import { formatRef } from '../../api/ref.ts';
import type { Selection } from '../../api/schemas.ts';
import { isSameSelection, selectionOptions, selectionText } from '../../api/selection.ts';

/** Something that holds a version or a part of it. */
export interface Holds {
  dataset: string;
  version: number;
  selection: Selection | null;
}

/**
 * Which of those that hold a version are meant. With globs: exactly that part. Without: the whole version, or its only
 * part where the whole isn't there. Empty where there is none such; throws `bad-request` where several parts could be
 * meant. `command` is what was typed: 'cache rm'.
 */
export function pickPart<T extends Holds>(
  held: readonly T[],
  wanted: Selection | null,
  command: string,
): T[] {
  const exact = held.filter(({ selection }) => isSameSelection(selection, wanted));
  if (exact.length > 0 || wanted !== null) return exact;
  const distinct = [...new Map(held.map((each) => [selectionText(each.selection), each])).values()];
  if (distinct.length < 2) return [...held];
  const { dataset, version } = distinct[0] as T;
  const ref = formatRef(dataset, version);
  const commands = distinct.map(({ selection }) => `  forebay ${command} ${ref} ${optionsOf(selection)}`);
  throw new ForebayError(
    'bad-request',
    `${distinct.length} parts of ${ref} are there, and not the whole: say which.`,
    commands.join('\n'),
  );
}

const optionsOf = (selection: Selection | null): string => (selection ? selectionOptions(selection) : '');
