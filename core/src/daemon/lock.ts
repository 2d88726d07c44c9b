import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { ForebayError } from '../api/errors.ts';

/** Milliseconds; the one before may still be writing down what it was doing. */
const patience = 8000;

/**
 * Holds the lock on a database for as long as this process lives: an exclusive SQLite transaction on a file beside
 * it, whose fcntl lock ends with the process. Returns the release. Throws `daemon-unreachable` where another holds it:
 * at once if that one `answers`, since then it doesn't end.
 */
export async function lockDatabase(path: string, answers: () => Promise<boolean>): Promise<() => void> {
  const database = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      database.exec('BEGIN EXCLUSIVE');
      return () => database.close();
    } catch (error) {
      if (!/locked|busy/i.test(String(error))) throw error;
      if (performance.now() > deadline || (await answers())) {
        database.close();
        throw new ForebayError(
          'daemon-unreachable',
          `Another Forebay daemon works with ${path}.`,
          "End it with 'forebay down', then try again.",
        );
      }
      await sleep(50);
    }
  }
}
