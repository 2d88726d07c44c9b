import type { PullChoice } from '@forebay/core/api/schemas';
import { clashSentence, pullChoices, theirsReplace } from '@forebay/core/api/text/pullText';
import { formatCount } from '@forebay/core/api/text/units';
import { type Choice, pickOne } from '../vscode/quickPick.ts';
import { type Choices, type Clash, choosable, everywhere } from './clashes.ts';

type Step = { all: PullChoice } | { each: true };

/** Of what both sides changed, what to keep; undefined when the person leaves. */
export async function chooseSides(clashes: readonly Clash[]): Promise<Choices | undefined> {
  const open = choosable(clashes);
  const [first, ...more] = open;
  if (first === undefined) return {};
  if (more.length === 0) return chooseEach(open);
  const step = await pickOne<Step>(`Both sides changed ${formatCount(open.length, 'path')}`, stepsOf(open));
  if (step === undefined) return undefined;
  return 'all' in step ? everywhere(open, step.all) : chooseEach(open);
}

/** One after the other. */
async function chooseEach(clashes: readonly Clash[]): Promise<Choices | undefined> {
  const choices: Choices = {};
  for (const [at, clash] of clashes.entries()) {
    const place = clashes.length === 1 ? '' : ` (${at + 1} of ${clashes.length})`;
    const chosen = await pickOne(`${clash.path}${place}`, choicesOf(clash));
    if (chosen === undefined) return undefined;
    choices[clash.path] = chosen;
  }
  return choices;
}

function stepsOf(clashes: readonly Clash[]): Choice<Step>[] {
  const details: Record<PullChoice, string> = {
    mine: 'The folder stays as it is there',
    theirs: 'What they replace is kept in .forebay/replaced',
    both: 'Theirs comes beside yours, with the version in its name',
  };
  const all = (['mine', 'theirs', 'both'] as const).map((choice) => ({
    label: `${pullChoices[choice]} everywhere`,
    detail: details[choice],
    value: { all: choice },
  }));
  const paths = clashes.map(({ path }) => path);
  const named = paths.slice(0, 3).join(', ') + (paths.length > 3 ? ', …' : '');
  return [...all, { label: 'Choose for each…', detail: named, value: { each: true } }];
}

function choicesOf(clash: Clash): Choice<PullChoice>[] {
  const said: Record<PullChoice, string> = {
    mine: clashSentence(clash, Date.now()),
    theirs: theirsReplace(clash),
    both: `theirs comes beside yours, with v${clash.by.version} in its name`,
  };
  return clash.choices.map((choice) => ({
    label: pullChoices[choice],
    description: said[choice],
    value: choice,
  }));
}
