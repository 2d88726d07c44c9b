import type { Command } from 'commander';
import { ForebayError } from '../../api/errors.ts';
import { homeOf, problemLine } from '../../daemon/launch/index.ts';
import type { Session } from '../session.ts';

/** What `ensureDaemon` starts: the daemon in the foreground, its output being its log. */
export function addDaemon(parent: Command, session: Session): void {
  parent
    .command('daemon', { hidden: true })
    .option('--stay')
    .action(async (options: { stay?: boolean }) => {
      try {
        // Loaded late: no other command needs what a daemon needs.
        const { runDaemon } = await import('../../daemon/run.ts');
        await runDaemon({ home: homeOf(session.env), stay: options.stay === true });
      } catch (thrown) {
        const error = ForebayError.from(thrown);
        session.stderr.write(
          `${error.code === 'internal' ? (error.stack ?? error.message) : problemLine(error)}\n`,
        );
        session.exitCode = 1;
      }
    });
}
