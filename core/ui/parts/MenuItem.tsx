/** One thing to do, in a popover. */
export function MenuItem({ label, onClick, hint }: { label: string; onClick: () => void; hint?: string }) {
  return (
    <button type="button" className="fb-menu-item" onClick={onClick} title={hint}>
      {label}
    </button>
  );
}
