import { useId } from 'react';

/** A named box to write in, with what is to be known of it below. */
export function Field({ label, value, onChange, placeholder, note, problem, secret = false }: FieldProps) {
  const id = useId();
  const below = problem ?? note;
  return (
    <div className="fb-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="fb-input"
        type={secret ? 'password' : 'text'}
        autoComplete="off"
        spellCheck={false}
        value={value}
        placeholder={placeholder}
        aria-invalid={problem !== undefined}
        aria-describedby={below === undefined ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      {below !== undefined && (
        <span
          id={`${id}-note`}
          className={`fb-field-note ${problem === undefined ? 'fb-dim' : 'fb-problem'}`}
        >
          {below}
        </span>
      )}
    </div>
  );
}

export interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  note?: string;
  problem?: string | undefined;
  /** Not shown while it is written, and never kept. */
  secret?: boolean;
}
