import { useEffect, useRef, useState } from 'react';
import { formatRef } from '../../src/api/ref.ts';
import type { Job, Placement } from '../../src/api/schemas.ts';
import { verifyPlacements } from '../actions/verifyPlacements.ts';
import { useHost } from '../host.ts';
import { JobBar } from '../parts/JobBar.tsx';

interface Reading {
  placements: readonly Placement[];
  at: number;
  job: Job | null;
}

/** Reading all that is on a cache again: to begin it, how far it is, to stop it; closing the page stops it as well. */
export function useReadAgain(): { reading: Reading | null; read: Read; stop: () => void } {
  const host = useHost();
  const [reading, setReading] = useState<Reading | null>(null);
  const ending = useRef(new AbortController());
  const stop = () => ending.current.abort();
  useEffect(() => () => ending.current.abort(), []);
  const read = async (placements: readonly Placement[]) => {
    ending.current = new AbortController();
    const { signal } = ending.current;
    setReading({ placements, at: 0, job: null });
    await verifyPlacements(host, placements, {
      signal,
      onProgress: (at, job) => setReading({ placements, at, job }),
    });
    setReading(null);
  };
  return { reading, read: (placements) => void read(placements), stop };
}

type Read = (placements: readonly Placement[]) => void;

export function ReadingAgain({ reading, onStop }: { reading: Reading; onStop: () => void }) {
  const { placements, at, job } = reading;
  const now = placements[at];
  return (
    <section className="fb-reading-again" aria-label="Reading again">
      <span className="fb-number">
        {`Reading ${at + 1} of ${placements.length}${now ? `: ${formatRef(now.dataset, now.version)}` : ''}`}
      </span>
      <button type="button" className="fb-button" onClick={onStop}>
        Stop
      </button>
      {job && <JobBar job={job} />}
    </section>
  );
}
