import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ForebayError } from '../../src/api/errors.ts';
import type { Candidate, Placement, Selection } from '../../src/api/schemas.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import type { FillRequest } from '../actions/fillVersion.ts';
import { useHost } from '../host.ts';
import { useNow } from '../live/useNow.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';
import { ProblemNote } from '../parts/ProblemNote.tsx';
import { CandidateList } from './CandidateList.tsx';
import { Evictees } from './Evictees.tsx';
import { FillProgress } from './FillProgress.tsx';
import { fillSeen } from './fillSeen.ts';
import { HowMuch, type Wanted } from './HowMuch.tsx';
import { agreeLabel, sayFill } from './sayFill.ts';
import { useCandidates } from './useCandidates.ts';

/** Caching a version: where, how much of it, what goes for it; then how it goes. `onLeave`: the person is done here. */
export function CachingForm({ of, onLeave }: { of: string; onLeave: () => void }) {
  const host = useHost();
  const [wanted, setWanted] = useState<Wanted>(null);
  const [cache, setCache] = useState('');
  const [pinned, setPinned] = useState(false);
  const [begun, setBegun] = useState<{ placement: Placement; request: FillRequest } | null>(null);
  const [problem, setProblem] = useState<ForebayError | null>(null);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const selection = wanted !== null && typeof wanted === 'object' && !('wrong' in wanted) ? wanted : null;
  const fill = (request: FillRequest) => {
    setProblem(null);
    void fillSeen(host, request, {
      pin: pinned,
      here: () => here.current,
      onStart: (placement) => setBegun({ placement, request }),
      onProblem: setProblem,
    });
  };
  if (begun) {
    const { placement, request } = begun;
    return (
      <>
        <FillProgress id={placement.id} job={placement.job} onRetry={() => fill(request)} onLeave={onLeave} />
        {problem && <ProblemNote error={problem} />}
      </>
    );
  }
  return (
    <form className="fb-caching-form" onSubmit={(event) => event.preventDefault()} aria-label={`Cache ${of}`}>
      <HowMuch of={of} onWant={setWanted} />
      <Where
        of={of}
        selection={selection}
        asked={wanted}
        chosen={cache}
        onChoose={setCache}
        pin={
          <label className="fb-caching-pin">
            <input type="checkbox" checked={pinned} onChange={(event) => setPinned(event.target.checked)} />
            Pin it, so that it stays until it is unpinned
          </label>
        }
        onAgree={(candidate) => fill({ ref: of, cache: candidate.cache, ...(selection ?? {}) })}
      />
      {problem && <ProblemNote error={problem} />}
    </form>
  );
}

function Where({ of, selection, asked, chosen, pin, onChoose, onAgree }: WhereProps) {
  const now = useNow(60_000);
  const { value: candidates, failure, reload, pending } = useCandidates(of, selection);
  const usable = candidates?.filter(({ fit }) => fit !== 'refused') ?? [];
  const candidate = usable.find(({ cache }) => cache === chosen) ?? usable[0];
  const wrong = typeof asked === 'object' && asked !== null && 'wrong' in asked ? asked.wrong : null;
  const ready =
    !pending && asked !== 'nothing' && wrong === null && candidate !== undefined && candidate.fit !== 'there';
  return (
    <>
      <fieldset className="fb-where">
        <legend>Where</legend>
        {failure && <FailureFace failure={failure} onRetry={reload} known={candidates !== undefined} />}
        {!candidates && !failure && <Skeleton label="Asking every cache" />}
        {candidates && (
          <CandidateList candidates={candidates} chosen={candidate?.cache ?? ''} onChoose={onChoose} />
        )}
      </fieldset>
      <div className="fb-caching-will" aria-live="polite">
        {wrong !== null && <p className="fb-problem">{wrong}</p>}
        {asked === 'nothing' && <p className="fb-dim">Tick what you want of it, or write globs.</p>}
        {wrong === null && asked !== 'nothing' && candidate && (
          <>
            <p>{sayFill(candidate)}</p>
            {candidate.evict.length > 0 && (
              <>
                <p>
                  <strong>
                    {`Pushes out ${formatCount(candidate.evict.length, 'version')}, ${formatBytes(candidate.evict.reduce((sum, { bytes }) => sum + bytes, 0))}.`}
                  </strong>{' '}
                  The lake still has what goes.
                </p>
                <Evictees evict={candidate.evict} now={now} label="What is pushed out" />
              </>
            )}
          </>
        )}
        {candidates && !candidate && <p className="fb-problem">No cache can take it.</p>}
      </div>
      {pin}
      <div className="fb-buttons">
        <button
          type="button"
          className="fb-button fb-button-main"
          disabled={!ready}
          onClick={() => candidate && onAgree(candidate)}
        >
          {candidate ? agreeLabel(candidate, selection !== null) : 'Cache version'}
        </button>
      </div>
    </>
  );
}

interface WhereProps {
  of: string;
  selection: Selection | null;
  asked: Wanted;
  chosen: string;
  /** Above the button. */
  pin: ReactNode;
  onChoose: (cache: string) => void;
  onAgree: (candidate: Candidate) => void;
}
