import type { Job, Placement } from '@forebay/core/api/schemas';
import { useEffect, useRef, useState } from 'react';
import { type Announced, announce } from '../model/announce.ts';

export interface AnnouncerProps {
  jobs: readonly Job[];
  placements: readonly Placement[];
}

/** Tells screen readers how jobs go on, every 10%, and what is cached then. */
export function Announcer({ jobs, placements }: AnnouncerProps) {
  const before = useRef<Announced>(new Map());
  const [text, setText] = useState('');
  useEffect(() => {
    const next = announce(jobs, placements, before.current);
    before.current = next.said;
    if (next.text !== '') setText(next.text);
  }, [jobs, placements]);
  return (
    <output className="fb-only-read" aria-live="polite">
      {text}
    </output>
  );
}
