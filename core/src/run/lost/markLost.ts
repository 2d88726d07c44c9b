import { sql } from 'kysely';
import { lostTag } from '../../api/run/runTags.ts';
import { heartbeatEvery } from '../heartbeat.ts';
import type { RunDatabase } from '../store/open.ts';
import { setTags } from '../tags.ts';

/** Silent for so long, a runner counts as lost, and so does what was started within a run that has ended; milliseconds. */
const patience = 60_000;
/** A runner that lives may be held up, as by code that holds Python's lock. */
const hour = 3_600_000;
/** A script of its own says nothing while it trains for hours. */
const day = 86_400_000;

/** Where a runner runs, and as which process. */
export interface Runner {
  host: string;
  pid: number;
  /** When that process started, as `processStart` says it; null where nobody looked. */
  process: string | null;
}

/** Undefined where nobody can tell. */
type GoesOn = (runner: Runner) => Promise<boolean | undefined>;

/**
 * Runs that nobody writes any more end as killed, at the time when they were last heard of; tells which. A runner that is
 * known to have ended isn't waited for longer than two signs of life that didn't come; one that is known to live, an hour.
 */
export async function markLost(
  db: RunDatabase,
  now: number,
  goesOn: GoesOn = async () => undefined,
): Promise<string[]> {
  return [
    ...(await markSilent(db, now, goesOn)),
    ...(await markAbandoned(db, now)),
    ...(await markUnheard(db, now)),
    ...(await markWithin(db, now)),
  ];
}

async function markSilent(db: RunDatabase, now: number, goesOn: GoesOn): Promise<string[]> {
  return db.transaction().execute(async (within) => {
    const late = await within
      .selectFrom('execution')
      .innerJoin('run', 'run.id', 'execution.run_id')
      .select(['run.id', 'execution.heartbeat', 'execution.host', 'execution.pid', 'execution.process'])
      .where('run.status', '=', 'RUNNING')
      .where('execution.heartbeat', '<', now - 2 * heartbeatEvery)
      .execute();
    const silent: typeof late = [];
    for (const runner of late) {
      const lives = await goesOn(runner);
      if (lives === false || runner.heartbeat < now - (lives ? hour : patience)) silent.push(runner);
    }
    for (const { id, heartbeat } of silent) {
      await within
        .updateTable('run')
        .set({ status: 'KILLED', end_time: heartbeat })
        .where('id', '=', id)
        .execute();
      await within.updateTable('execution').set({ lost: 1 }).where('run_id', '=', id).execute();
    }
    return silent.map(({ id }) => id);
  });
}

/** Of those that were imported it counts when their source was last written. */
async function markAbandoned(db: RunDatabase, now: number): Promise<string[]> {
  return db.transaction().execute(async (within) => {
    const abandoned = await within
      .selectFrom('imported')
      .innerJoin('run', 'run.id', 'imported.id')
      .select(['run.id', 'run.start_time', 'imported.last_written'])
      .where('run.status', '=', 'RUNNING')
      .where('imported.last_written', '<', now - day)
      .where('imported.seen', '!=', '')
      .execute();
    for (const { id, start_time, last_written } of abandoned) {
      const end_time = Math.max(start_time, last_written);
      await within.updateTable('run').set({ status: 'KILLED', end_time }).where('id', '=', id).execute();
      await within.updateTable('imported').set({ lost: 1 }).where('id', '=', id).execute();
    }
    return abandoned.map(({ id }) => id);
  });
}

interface Unheard {
  id: string;
  start_time: number;
  at: number;
}

/** Of a script that logs by itself. */
function markUnheard(db: RunDatabase, now: number): Promise<string[]> {
  return db.transaction().execute(async (within) => {
    const unheard = await within
      .selectFrom('heard')
      .innerJoin('run', 'run.id', 'heard.run_id')
      .select(['run.id', 'run.start_time', 'heard.at'])
      .where('run.status', '=', 'RUNNING')
      .where('heard.at', '<', now - day)
      .execute();
    return giveUp(within, unheard, 'Nothing was heard of it for 24 hours.');
  });
}

/** Of a script within a run that a runner recorded: with its command, it has ended too. */
function markWithin(db: RunDatabase, now: number): Promise<string[]> {
  return db.transaction().execute(async (within) => {
    const { rows } = await sql<Unheard>`
      with recursive above(id, parent) as (
        select run.id, run_tag.value from heard
          join run on run.id = heard.run_id
          join run_tag on run_tag.owner_id = run.id and run_tag.key = 'mlflow.parentRunId'
          where run.status = 'RUNNING' and heard.at < ${now - patience}
        union
        select above.id, run_tag.value from above
          join run_tag on run_tag.owner_id = above.parent and run_tag.key = 'mlflow.parentRunId')
      select distinct run.id, run.start_time, heard.at from above
        join execution on execution.run_id = above.parent
        join run as outermost on outermost.id = above.parent
        join run on run.id = above.id
        join heard on heard.run_id = above.id
        where outermost.status != 'RUNNING'`.execute(within);
    return giveUp(within, rows, 'The run that it was started in has ended without it.');
  });
}

async function giveUp(db: RunDatabase, runs: readonly Unheard[], why: string): Promise<string[]> {
  for (const { id, start_time, at } of runs) {
    const end_time = Math.max(start_time, at);
    await db.updateTable('run').set({ status: 'KILLED', end_time }).where('id', '=', id).execute();
    await setTags(db, id, [{ key: lostTag, value: why }]);
  }
  return runs.map(({ id }) => id);
}
