import { useId } from 'react';

/** One of a few, each with its words. */
export function Choice<T extends string>({ label, choices, chosen, onChoose }: ChoiceProps<T>) {
  const group = useId();
  return (
    <fieldset className="fb-choice">
      <legend>{label}</legend>
      {(Object.keys(choices) as T[]).map((id) => (
        <label key={id}>
          <input type="radio" name={group} checked={id === chosen} onChange={() => onChoose(id)} />
          {choices[id]}
        </label>
      ))}
    </fieldset>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  choices: Record<T, string>;
  chosen: T;
  onChoose: (chosen: T) => void;
}
