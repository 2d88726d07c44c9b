import type { Candidate, PlacementPlan } from '../api/schemas.ts';
import { formatBytes, formatCount, formatDuration } from '../api/text/units.ts';

type Planned = PlacementPlan & { site: string };
type Fit = Candidate['fit'];

const rank: Record<Fit, number> = { there: 0, coming: 1, room: 2, 'pushes-out': 3, refused: 4 };

/**
 * Which cache is best, with the reasons in words: where it is already, then where there is room for it, then where
 * others would go; of those alike the soonest, then by name.
 */
export function rankCandidates(plans: readonly Planned[]): Candidate[] {
  return plans
    .map((plan) => {
      const fit = fitOf(plan);
      return { ...plan, fit, why: sayWhy(plan, fit) };
    })
    .sort((a, b) => rank[a.fit] - rank[b.fit] || a.seconds - b.seconds || (a.cache < b.cache ? -1 : 1));
}

function fitOf({ state, problem, evict }: PlacementPlan): Fit {
  if (state === 'ready') return 'there';
  if (state === 'queued' || state === 'filling') return 'coming';
  if (problem) return 'refused';
  return evict.length > 0 ? 'pushes-out' : 'room';
}

function sayWhy(plan: PlacementPlan, fit: Fit): string {
  if (fit === 'there') return 'It is there already.';
  if (fit === 'coming') return 'It is being filled now.';
  if (fit === 'refused') return `Refused: ${lower(plan.problem?.detail ?? 'it does not fit.')}`;
  const goes =
    fit === 'room'
      ? `${formatBytes(plan.free)} are free`
      : `${formatCount(plan.evict.length, 'version')} would make room`;
  return `${sayTime(plan)}: ${sayMissing(plan)}; ${goes}.`;
}

function sayTime({ seconds, measured }: PlacementPlan): string {
  const time = seconds < 1 ? 'Under 1 s' : `About ${formatDuration(seconds)}`;
  return measured ? time : `${time}, as is assumed until a fill was measured`;
}

function sayMissing({ size, missingBytes }: PlacementPlan): string {
  if (missingBytes === 0) return 'all of it is there in other versions';
  const there = size === 0 ? 0 : 1 - missingBytes / size;
  if (there >= 0.5) return `most of it is there in other versions, ${formatBytes(missingBytes)} are missing`;
  if (there >= 0.05) return `some of it is there in other versions, ${formatBytes(missingBytes)} are missing`;
  return `${formatBytes(missingBytes)} come from the lake`;
}

/** A sentence that goes on after a colon; a name at its beginning keeps its case. */
function lower(sentence: string): string {
  return /^[A-Z][a-z']* /.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
