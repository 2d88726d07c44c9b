import { CommanderError } from 'commander';
import { ForebayError } from '../api/errors.ts';
import { writeFailure } from './act.ts';
import { Misuse, misuseOf } from './misuse.ts';
import { buildProgram } from './program.ts';
import { processSession, type Session } from './session.ts';

/** Runs one command line; answers its exit code: 0 done, 1 failed, 2 misused. Never throws. */
export async function main(args: string[], session: Session = processSession()): Promise<number> {
  // A reader that went away, as in `forebay data ls | head`, is no failure.
  session.stdout.on('error', () => {});
  const program = buildProgram(session);
  try {
    await program.parseAsync(args, { from: 'user' });
    return session.exitCode;
  } catch (thrown) {
    const json = wantsJson(args);
    if (thrown instanceof CommanderError) return endOfCommander(session, json, thrown);
    const error = ForebayError.from(thrown);
    if (error.code === 'internal' && session.env.FOREBAY_DEBUG) session.stderr.write(`${error.stack}\n`);
    writeFailure(session, json, error);
    return thrown instanceof Misuse ? 2 : 1;
  }
}

/** Help and version were printed already; anything else is a misuse, said in one sentence. */
function endOfCommander(session: Session, json: boolean, error: CommanderError): number {
  if (error.exitCode === 0) return 0;
  if (error.code !== 'commander.help') {
    writeFailure(session, json, misuseOf(error.message));
  } else if (json) writeFailure(session, json, new Misuse('A command is missing.', "See 'forebay --help'."));
  return 2;
}

/** Also where the command line couldn't be parsed; what follows `--` is somebody else's. */
function wantsJson(args: string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? undefined : end).includes('--json');
}
