import type { Job } from '@forebay/core/api/schemas';
import { useEffect, useRef, useState } from 'react';
import { type Announced, announce } from '../model/announce.ts';

/** Tells screen readers how jobs go on, every 10%. */
export function Announcer({ jobs }: { jobs: readonly Job[] }) {
  const before = useRef<Announced>(new Map());
  const [text, setText] = useState('');
  useEffect(() => {
    const next = announce(jobs, before.current);
    before.current = next.said;
    if (next.text !== '') setText(next.text);
  }, [jobs]);
  return (
    <output className="fb-only-read" aria-live="polite">
      {text}
    </output>
  );
}
