import type { Check } from '../../src/api/schemas.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';

const looks: Record<Check['outcome'], { icon: IconName; word: string }> = {
  passed: { icon: 'finished', word: 'works' },
  note: { icon: 'warn', word: 'works, note' },
  failed: { icon: 'failed', word: 'does not work' },
  skipped: { icon: 'minus', word: 'not tried' },
};

/** What was tried, a line each: whether it works, in words, how long it took, and what to do. */
export function CheckList({ checks, label }: { checks: readonly Check[]; label: string }) {
  return (
    <ul className="fb-checks" aria-label={label}>
      {checks.map(({ name, outcome, says, hint, seconds }) => {
        const { icon, word } = looks[outcome];
        return (
          <li key={name} className={`fb-check fb-check-${outcome}`}>
            <span role="img" aria-label={word} title={word}>
              <Icon name={icon} />
            </span>
            <span className="fb-check-name">{name}</span>
            <span className="fb-check-says">
              {says}
              {hint !== null && <span className="fb-dim fb-check-hint">{hint}</span>}
            </span>
            <span className="fb-dim fb-number fb-check-time">{seconds === null ? '' : sayTime(seconds)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function sayTime(seconds: number): string {
  return seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${seconds.toFixed(1)} s`;
}
