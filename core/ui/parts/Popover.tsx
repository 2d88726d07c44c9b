import { type ReactNode, useEffect, useRef, useState } from 'react';

/** A button that opens a small panel below it; Escape and a click elsewhere close it. */
export function Popover({ label, title, className = '', children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  /** What has the focus in the panel goes with it. */
  const leave = () => {
    if (place.current?.contains(document.activeElement)) button.current?.focus();
    setOpen(false);
  };
  useEffect(() => {
    if (!open) return;
    const close = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      leave();
    };
    document.addEventListener('pointerdown', close, true);
    document.addEventListener('keydown', onEscape, true);
    return () => {
      document.removeEventListener('pointerdown', close, true);
      document.removeEventListener('keydown', onEscape, true);
    };
  }, [open]);
  return (
    <div className="fb-popover" ref={place}>
      <button
        type="button"
        ref={button}
        className="fb-button"
        title={title}
        aria-haspopup="true"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {label}
      </button>
      {open && <div className={`fb-popover-panel ${className}`}>{children(leave)}</div>}
    </div>
  );
}

interface PopoverProps {
  label: ReactNode;
  title?: string;
  className?: string;
  children: (close: () => void) => ReactNode;
}
