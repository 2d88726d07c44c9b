import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import { ForebayError } from '../../api/errors.ts';
import { homeOf, problemLine } from '../../daemon/launch/index.ts';
import { writeFailure } from '../act.ts';
import type { Session } from '../session.ts';

/** The daemon in the foreground. `ensureDaemon` starts it with `--report`, its output being its log. */
export function addDaemon(parent: Command, session: Session): void {
  parent
    .command('daemon', { hidden: true })
    .option('--stay')
    .option('--report')
    .option('--rebuild')
    .action(async (options: { stay?: boolean; report?: boolean; rebuild?: boolean }) => {
      // Was read when this process began; programs of people's that it starts go without.
      delete process.env.MALLOC_ARENA_MAX;
      // Else V8 collects the whole heap for every 32 MB that come from a network: a third of a fill's processor time.
      setFlagsFromString('--external-memory-accounted-in-global-limit');
      try {
        // Loaded late: no other command needs what a daemon needs.
        const { runDaemon } = await import('../../daemon/run.ts');
        await runDaemon({
          home: homeOf(session.env),
          stay: options.stay === true,
          rebuild: options.rebuild === true,
        });
      } catch (thrown) {
        const error = ForebayError.from(thrown);
        if (!options.report) writeFailure(session, false, error);
        else if (error.code === 'internal') session.stderr.write(`${error.stack ?? error.message}\n`);
        else session.stderr.write(`${problemLine(error)}\n`);
        session.exitCode = 1;
      }
    });
}
