import type { ErrorCode } from '@forebay/core/api/errors';
import type { Failure, Snapshot } from './snapshot.ts';

/** What the list of datasets shows as a whole. */
export type Face =
  | { kind: 'loading' }
  | { kind: 'list' }
  | { kind: 'empty' }
  | { kind: 'offline'; failure: Failure; stale: boolean }
  | { kind: 'not-allowed'; failure: Failure; stale: boolean }
  | { kind: 'error'; failure: Failure; stale: boolean };

const offline: ErrorCode[] = ['daemon-unreachable'];
const notAllowed: ErrorCode[] = ['unauthenticated', 'lake-denied'];

/** `stale`: the last known state is still shown, dimmed. */
export function faceOf(snapshot: Snapshot): Face {
  const { failure, loaded } = snapshot;
  if (failure) {
    const { code } = failure.error;
    if (offline.includes(code)) return { kind: 'offline', failure, stale: loaded };
    if (notAllowed.includes(code)) return { kind: 'not-allowed', failure, stale: false };
    return { kind: 'error', failure, stale: loaded };
  }
  if (!loaded) return { kind: 'loading' };
  return snapshot.datasets.length === 0 ? { kind: 'empty' } : { kind: 'list' };
}
