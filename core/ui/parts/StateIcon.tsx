import type { RunState } from '../../src/api/schemas.ts';
import { Icon } from './Icon.tsx';

/** A shape for each state, whose word is read and shown on hovering. */
export function StateIcon({ state }: { state: RunState }) {
  return (
    <span className={`fb-state fb-state-${state}`} role="img" aria-label={state} title={state}>
      <Icon name={state} />
    </span>
  );
}
