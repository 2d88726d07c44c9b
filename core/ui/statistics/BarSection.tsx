import { useState } from 'react';
import { Bars } from './Bars.tsx';
import { type BarRow, barsMost } from './barRows.ts';

/** Bars below a title; of many the first, and the rest when asked for. */
export function BarSection({ title, note = '', rows, parts = [], onOpen }: BarSectionProps) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, barsMost);
  return (
    <section className="fb-card" aria-label={title}>
      <h3>{title}</h3>
      {note !== '' && <p className="fb-dim">{note}</p>}
      <Bars label={title} rows={shown} parts={parts} {...(onOpen ? { onOpen } : {})} />
      {rows.length > barsMost && (
        <button type="button" className="fb-text-button" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${rows.length.toLocaleString('en-US')}`}
        </button>
      )}
    </section>
  );
}

interface BarSectionProps {
  title: string;
  note?: string;
  rows: readonly BarRow[];
  parts?: readonly string[];
  onOpen?: (path: string) => void;
}
