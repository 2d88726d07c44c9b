/**
 * Many calls become few: `work` runs at once, then at most every `pause` milliseconds and never twice at a time,
 * and always once more after the last call.
 */
export function coalesce(pause: number, work: () => Promise<void>): () => void {
  let wanted = false;
  let running = false;
  const run = async () => {
    running = true;
    while (wanted) {
      wanted = false;
      await work().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    running = false;
  };
  return () => {
    wanted = true;
    if (!running) void run();
  };
}
