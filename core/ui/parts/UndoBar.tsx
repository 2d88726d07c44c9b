import { useEffect } from 'react';
import type { Done } from './done.ts';

/** Milliseconds. */
const shownFor = 10_000;

/** Says what was done, for some seconds, with a way back where there is one. */
export function UndoBar({ done, onGone }: { done: Done; onGone: () => void }) {
  // A new one is shown as long as the first.
  useEffect(() => {
    const timer = setTimeout(onGone, shownFor);
    return () => clearTimeout(timer);
  }, [done]);
  const { text, undo } = done;
  return (
    <div className={`fb-undo${done.failed ? ' fb-problem' : ''}`} role={done.failed ? 'alert' : 'status'}>
      <span>{text}</span>
      {undo && (
        <button
          type="button"
          className="fb-text-button"
          onClick={() => {
            undo();
            onGone();
          }}
        >
          Undo
        </button>
      )}
    </div>
  );
}
