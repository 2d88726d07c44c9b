import type { Session } from './session.ts';

/** Whether there is somebody to ask: both ends of the conversation are a terminal. */
export function canAsk({ stdin, stderr }: Session): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks on standard error, answered by one key: y or Enter go on; n, Escape, q and Ctrl-C don't. */
export async function confirm({ stdin, stderr }: Session, question: string): Promise<boolean> {
  stderr.write(`${question} [Y/n] `);
  stdin.setRawMode(true);
  stdin.resume();
  try {
    for (;;) {
      const key = await new Promise<string>((resolve) => {
        stdin.once('data', (bytes: Buffer) => resolve(bytes.toString()));
        if (stdin.readableEnded) resolve('n');
        stdin.once('end', () => resolve('n'));
      });
      const answer = answerOf(key);
      if (answer === undefined) continue;
      stderr.write(answer ? 'y\n' : 'n\n');
      return answer;
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

/** Undefined for a key that means neither. */
export function answerOf(key: string): boolean | undefined {
  if (key === '\u001b') return false;
  // Keys that were typed ahead come together; the first one counts.
  const first = key.charAt(0);
  if (['y', 'Y', '\r', '\n'].includes(first)) return true;
  return ['n', 'N', 'q', '\u0003', '\u0004'].includes(first) ? false : undefined;
}
