import { Icon } from '../parts/Icon.tsx';
import type { TickState } from './partTree.ts';

/** Ticked, partly, or empty; its line says the same to a screen reader. */
export function TickBox({ state }: { state: TickState }) {
  return (
    <span className={`fb-tick fb-tick-${state}`} aria-hidden="true">
      {state !== 'off' && <Icon name={state === 'on' ? 'check' : 'minus'} />}
    </span>
  );
}
