import { setTimeout as delay } from 'node:timers/promises';
import { isForebayError } from '../api/errors.ts';

/** How long the end waits for a daemon that is away; milliseconds. */
const lastWait = 10_000;

/** Again for some time where the daemon is away, which is started again. False where that didn't help, or it refused. */
export async function insist(work: () => Promise<unknown>, revive: () => Promise<unknown>): Promise<boolean> {
  for (const deadline = Date.now() + lastWait; ; await delay(500)) {
    try {
      await work();
      return true;
    } catch (error) {
      if (Date.now() > deadline || !isForebayError(error, 'daemon-unreachable')) return false;
      await revive().catch(() => undefined);
    }
  }
}
