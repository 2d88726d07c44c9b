import { setImmediate } from 'node:timers/promises';

/**
 * For loops that would hold the thread: awaited at each turn, it lets others in every so many milliseconds, and then
 * throws where the work was cancelled.
 */
export function pauser(
  signal: AbortSignal,
  onPause: () => void = () => {},
  every = 50,
): () => Promise<void> | undefined {
  let last = performance.now();
  const rest = async () => {
    onPause();
    await setImmediate();
    signal.throwIfAborted();
    last = performance.now();
  };
  return () => (performance.now() - last < every ? undefined : rest());
}
