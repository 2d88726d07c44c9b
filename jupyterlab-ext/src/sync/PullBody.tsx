import type { CheckoutResult, PullChoice, WorkingCopy } from '@forebay/core/api/schemas';
import { clashSentence, pullChoices, theirsReplace } from '@forebay/core/api/text/pullText';
import { formatCount } from '@forebay/core/api/text/units';
import { MiddleName } from '@forebay/core/ui';
import type { Dialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import { useState } from 'react';
import { countsSentence } from './changeText.ts';

type Clash = NonNullable<CheckoutResult['clashes']>[number];
type Choices = Record<string, PullChoice>;

/** What a pull brings, and a choice for each path that both sides changed. */
export class PullBody extends ReactWidget implements Dialog.IBodyWidget<Choices> {
  readonly #copy: WorkingCopy;
  readonly #told: CheckoutResult;
  #choices: Choices;

  constructor(copy: WorkingCopy, told: CheckoutResult) {
    super();
    this.#copy = copy;
    this.#told = told;
    // Nothing of the folder is lost unless a person says so.
    this.#choices = Object.fromEntries((told.clashes ?? []).map(({ path }) => [path, 'mine' as const]));
    this.addClass('fb-job-dialog');
  }

  getValue(): Choices {
    return this.#choices;
  }

  protected override render() {
    const onChange = (choices: Choices) => {
      this.#choices = choices;
    };
    return <PullForm copy={this.#copy} told={this.#told} first={this.#choices} onChange={onChange} />;
  }
}

function PullForm({ copy, told, first, onChange }: PullFormProps) {
  const clashes = told.clashes ?? [];
  const [choices, setChoices] = useState(first);
  const change = (next: Choices) => {
    setChoices(next);
    onChange(next);
  };
  const all = (choice: PullChoice) =>
    change(
      Object.fromEntries(
        clashes.map((clash) => [
          clash.path,
          clash.choices.includes(choice) ? choice : (choices[clash.path] ?? 'mine'),
        ]),
      ),
    );
  return (
    <div className="fb-sync-body">
      <p>
        v{copy.base} → v{told.version}: <strong>{countsSentence(told)}</strong>
      </p>
      {clashes.length === 0 && <p className="fb-dim">Nothing that you changed is touched.</p>}
      {clashes.length > 0 && (
        <>
          <p>
            {formatCount(clashes.length, 'path')} changed on both sides. <em>Keep both</em> puts theirs beside
            yours, with the version in its name.
          </p>
          {clashes.length > 1 && (
            <div className="fb-buttons">
              {(['mine', 'theirs', 'both'] as const).map((choice) => (
                <button key={choice} type="button" className="fb-button" onClick={() => all(choice)}>
                  {pullChoices[choice]} everywhere
                </button>
              ))}
            </div>
          )}
          <ul className="fb-clashes" aria-label="Changed on both sides">
            {clashes.map((clash) => (
              <ClashItem
                key={clash.path}
                clash={clash}
                chosen={choices[clash.path] ?? 'mine'}
                onChoose={(choice) => change({ ...choices, [clash.path]: choice })}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function ClashItem({ clash, chosen, onChoose }: ClashItemProps) {
  const { path, choices } = clash;
  return (
    <li>
      <span className="fb-clash-path" title={path}>
        <MiddleName name={path} />
      </span>
      <span className="fb-dim">{clashSentence(clash, Date.now())}</span>
      {choices.length === 1 ? (
        <span className="fb-dim">Yours stays: there is no place for theirs beside it.</span>
      ) : (
        <select
          className="fb-select"
          aria-label={`What to do with ${path}`}
          value={chosen}
          onChange={({ target }) => onChoose(target.value as PullChoice)}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {pullChoices[choice]}
              {choice === 'theirs' && ` (${theirsReplace(clash)})`}
            </option>
          ))}
        </select>
      )}
    </li>
  );
}

interface PullFormProps {
  copy: WorkingCopy;
  told: CheckoutResult;
  first: Choices;
  onChange: (choices: Choices) => void;
}

interface ClashItemProps {
  clash: Clash;
  chosen: PullChoice;
  onChoose: (choice: PullChoice) => void;
}
