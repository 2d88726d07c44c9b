import { sql } from 'kysely';
import { among } from './store/among.ts';
import type { RunDatabase } from './store/open.ts';
import type { ExecutionRow } from './store/tables.ts';

export interface Execution {
  command: string[];
  folder: string;
  host: string;
  pid: number;
  /** When that process started, as `processStart` says it; null where it runs elsewhere. */
  process: string | null;
}

export async function beginExecution(
  db: RunDatabase,
  runId: string,
  { command, folder, host, pid, process }: Execution,
  now: number,
): Promise<void> {
  await db
    .insertInto('execution')
    .values({
      ...{ run_id: runId, command: JSON.stringify(command), folder, host, pid, process },
      ...{ heartbeat: now, exit_code: null, lost: 0 as const, adopted: 0 as const },
    })
    .execute();
}

/** A runner that was given up and is heard of again goes on: it was only cut off. */
export async function beat(db: RunDatabase, runId: string, now: number): Promise<void> {
  await db.transaction().execute(async (within) => {
    const found = await within
      .selectFrom('execution')
      .select('lost')
      .where('run_id', '=', runId)
      .executeTakeFirst();
    if (!found) return;
    await within
      .updateTable('execution')
      .set({ heartbeat: now, lost: 0 })
      .where('run_id', '=', runId)
      .execute();
    if (found.lost === 1) {
      await within
        .updateTable('run')
        .set({ status: 'RUNNING', end_time: null })
        .where('id', '=', runId)
        .execute();
    }
  });
}

export async function endExecution(db: RunDatabase, runId: string, exitCode: number): Promise<void> {
  await db.updateTable('execution').set({ exit_code: exitCode }).where('run_id', '=', runId).execute();
}

/** How many runs have a runner that is heard of, and how many others of this home have begun and not ended. */
export async function countRunning(db: RunDatabase): Promise<{ recorded: number; others: number }> {
  const { recorded, others } = await db
    .selectFrom('run')
    .leftJoin('execution', 'execution.run_id', 'run.id')
    .leftJoin('imported', 'imported.id', 'run.id')
    .select((e) => [
      e.fn.count<number>('execution.run_id').as('recorded'),
      sql<number>`count(*) - count(execution.run_id)`.as('others'),
    ])
    .where('run.status', '=', 'RUNNING')
    .where('imported.id', 'is', null)
    .executeTakeFirstOrThrow();
  return { recorded, others };
}

export async function executionsOf(
  db: RunDatabase,
  runIds: readonly string[],
): Promise<Map<string, ExecutionRow>> {
  if (runIds.length === 0) return new Map();
  const rows = await db.selectFrom('execution').selectAll().where('run_id', 'in', among(runIds)).execute();
  return new Map(rows.map((row) => [row.run_id, row]));
}
