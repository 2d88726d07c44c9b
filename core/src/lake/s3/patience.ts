import { setTimeout as delay } from 'node:timers/promises';
import { cancelled, throwIfAborted } from '../key.ts';
import { isTransient } from './failure.ts';

/** How long to bear with a store that is busy or stalls. */
export interface Patience {
  attempts: number;
  /** Milliseconds before the second attempt; doubles up to `longestPause`, shortened at random so that clients spread. */
  firstPause: number;
  longestPause: number;
  /** Milliseconds without a single byte in either direction after which a request counts as lost. */
  stall: number;
}

/** About five seconds of pauses in all: a store that restarts is waited for, one that is down is soon named. */
export const usualPatience: Patience = { attempts: 6, firstPause: 200, longestPause: 5000, stall: 30_000 };

/** Runs `attempt` until it succeeds, fails for good, or patience ends; then throws what the last attempt threw. */
export async function withPatience<T>(
  patience: Patience,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    throwIfAborted(signal);
    try {
      return await attempt();
    } catch (thrown) {
      if (signal?.aborted) throw cancelled();
      if (tried >= patience.attempts || !isTransient(thrown)) throw thrown;
    }
    const pause = Math.min(patience.longestPause, patience.firstPause * 2 ** (tried - 1));
    await delay(pause * (0.5 + Math.random() / 2), undefined, signal ? { signal } : {}).catch(() => {
      throw cancelled();
    });
  }
}
