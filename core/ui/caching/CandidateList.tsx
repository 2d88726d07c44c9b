import { useId } from 'react';
import type { Candidate } from '../../src/api/schemas.ts';
import { MiddleName } from '../parts/MiddleName.tsx';

/** Every cache with its reason; those that refuse can't be chosen, and say why. */
export function CandidateList({ candidates, chosen, onChoose }: CandidateListProps) {
  const group = useId();
  return (
    <ul className="fb-candidates">
      {candidates.map(({ cache, fit, why, problem }) => (
        <li key={cache} className={fit === 'refused' ? 'fb-candidate-refused' : ''}>
          <label>
            <input
              type="radio"
              name={group}
              checked={cache === chosen}
              disabled={fit === 'refused'}
              onChange={() => onChoose(cache)}
            />
            <span className="fb-candidate-name">
              <MiddleName name={cache} />
            </span>
            <span className={fit === 'refused' ? 'fb-problem' : 'fb-dim fb-number'}>
              {why}
              {fit === 'refused' && problem?.hint ? ` ${problem.hint}` : ''}
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}

export interface CandidateListProps {
  candidates: readonly Candidate[];
  /** A cache's name. */
  chosen: string;
  onChoose: (cache: string) => void;
}
