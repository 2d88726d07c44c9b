import { parentPort } from 'node:worker_threads';
import type { Listed } from './list.ts';
import type { Run } from './run.ts';
import { statRun } from './stat.ts';

export interface StatRequest {
  id: number;
  /** The scanned folder. */
  top: string;
  listed: Listed[];
}

/** Undefined where something can't be looked at: whoever asked looks itself, and says what. */
export interface StatAnswer {
  id: number;
  runs: Pick<Run, 'flags' | 'stats'>[] | undefined;
}

/** The `stat` thread: answers requests until it is ended from outside. */
export function runStat(): void {
  parentPort?.on('message', ({ id, top, listed }: StatRequest) => {
    parentPort?.postMessage({ id, runs: look(top, listed) } satisfies StatAnswer);
  });
}

function look(top: string, listed: Listed[]): StatAnswer['runs'] {
  try {
    return listed.map((names) => {
      const { flags, stats } = statRun(top, names);
      return { flags, stats };
    });
  } catch {
    return undefined;
  }
}
