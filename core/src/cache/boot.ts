import { readFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';

/** Tells this boot of this machine from every other: what was not flushed is only sure within it. */
export async function bootId(): Promise<string> {
  try {
    return `${hostname()} ${(await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()}`;
  } catch {
    // Elsewhere the time of boot, to ten minutes: clocks are corrected now and then.
    return `${hostname()} ${Math.round((Date.now() / 1000 - uptime()) / 600)}`;
  }
}
