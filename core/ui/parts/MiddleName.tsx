import { splitName } from './splitName.ts';

/** A name that is shortened in its middle when there is no room. */
export function MiddleName({ name }: { name: string }) {
  const [head, tail] = splitName(name);
  return (
    <span className="fb-name" role="img" aria-label={name}>
      <span className="fb-name-head">{head}</span>
      {tail !== '' && <span className="fb-name-tail">{tail}</span>}
    </span>
  );
}
