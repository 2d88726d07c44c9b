import { type MouseEventHandler, useContext } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { InRow } from './inRow.ts';

/** A picture that is pressed; `label` is its name and what hovering says. */
export function GlyphButton({ icon, label, onClick, pressed, disabled = false }: GlyphButtonProps) {
  return (
    <button
      type="button"
      className="fb-icon-button"
      tabIndex={useContext(InRow) ? -1 : undefined}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} filled={pressed === true} />
    </button>
  );
}

interface GlyphButtonProps {
  icon: IconName;
  label: string;
  onClick: MouseEventHandler;
  /** For what is on or off. */
  pressed?: boolean;
  disabled?: boolean;
}
