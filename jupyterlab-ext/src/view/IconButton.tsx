import type { LabIcon } from '@jupyterlab/ui-components';

export interface IconButtonProps {
  icon: LabIcon;
  label: string;
  onClick: () => void;
  /** Reachable by Tab; the buttons of rows that are not active are not. */
  tabbable?: boolean;
  disabled?: boolean;
}

export function IconButton({ icon, label, onClick, tabbable = true, disabled = false }: IconButtonProps) {
  return (
    <button
      type="button"
      className="fb-icon-button"
      title={label}
      aria-label={label}
      tabIndex={tabbable ? 0 : -1}
      disabled={disabled}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      <icon.react tag="span" className="fb-icon" />
    </button>
  );
}
