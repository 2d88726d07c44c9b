import { setTimeout as sleep } from 'node:timers/promises';
import { ForebayError } from '../../api/errors.ts';

/**
 * Runs `work` while no other process of this machine does under the same file. The lock is an exclusive SQLite
 * transaction: fcntl's, which ends with its process, so that no dead starter blocks the next.
 */
export async function underLock<T>(file: string, patience: number, work: () => Promise<T>): Promise<T> {
  // Loaded late: the choice of a Node that has it must be able to run in one that hasn't.
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    const deadline = Date.now() + patience;
    while (!tryLock(database)) {
      if (Date.now() > deadline) {
        throw new ForebayError(
          'daemon-unreachable',
          `Another program has been starting Forebay's daemon for ${Math.round(patience / 1000)} s (lock ${file}).`,
        );
      }
      await sleep(50);
    }
    return await work();
  } finally {
    database.close();
  }
}

function tryLock(database: { exec(sql: string): void }): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (/locked|busy/i.test(String(error))) return false;
    throw error;
  }
}
