import { setImmediate } from 'node:timers/promises';

const every = 50;

/**
 * For loops that would hold the thread: awaited at each turn, it lets others in every 50 ms, and then throws
 * where the work was cancelled.
 */
export function pauser(signal: AbortSignal, onPause: () => void = () => {}): () => Promise<void> | undefined {
  let last = performance.now();
  const rest = async () => {
    onPause();
    await setImmediate();
    signal.throwIfAborted();
    last = performance.now();
  };
  return () => (performance.now() - last < every ? undefined : rest());
}
