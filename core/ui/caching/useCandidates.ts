import { useRef } from 'react';
import type { Candidate, Selection } from '../../src/api/schemas.ts';
import { selectionText } from '../../src/api/selection.ts';
import { type Live, useLive } from '../live/useLive.ts';
import { useSettled } from '../live/useSettled.ts';

/** Milliseconds that nobody types or ticks: to tell how much a part is, a manifest is read. */
const rest = 300;

/**
 * Where a version, or a part of it, could go; again whenever caches or what is on them change. While another part is
 * asked about, the answer before stands, `pending`, so that nothing jumps.
 */
export function useCandidates(
  ref: string,
  selection: Selection | null,
): Live<Candidate[]> & { pending: boolean } {
  const asked = selectionText(selection);
  const settled = useSettled(asked, rest);
  const live = useLive(
    ({ placements }, signal) => placements.candidates({ ref, ...(selection ?? {}) }, signal),
    ({ kind }) => kind === 'cache' || kind === 'placement',
    [ref, settled],
  );
  const last = useRef<Candidate[]>(undefined);
  if (live.value) last.current = live.value;
  return {
    ...live,
    value: live.value ?? last.current,
    pending: live.value === undefined || settled !== asked,
  };
}
