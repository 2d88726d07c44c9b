import type { NoteRow } from '../model/tree/rows.ts';

export function NoteLine({ row }: { row: NoteRow }) {
  const waits = row.note === 'loading' || row.note === 'more';
  return (
    <span className={`fb-line fb-line-note fb-depth-${row.depth}`} title={row.text}>
      <span className={waits ? 'fb-skeleton-text' : 'fb-dim'}>{row.text}</span>
      {row.note === 'failed' && <span className="fb-link">Retry</span>}
    </span>
  );
}
