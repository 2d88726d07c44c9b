import type { Command } from 'commander';
import { ForebayError, isForebayError } from '../api/errors.ts';
import { Context } from './context.ts';
import { Interrupts } from './interrupt.ts';
import { handOverLake } from './lakeHandover.ts';
import type { Session } from './session.ts';

/** What a command has to say. */
export interface Outcome {
  /** For `--json`: one value, of a shape that scripts rely on. */
  json: unknown;
  /** For people, on standard output. */
  text?: string;
  exitCode?: number;
}

/** Makes a commander action of a command: options, context, output and exit code are the same for all. */
export function act<Options, Arguments extends unknown[]>(
  session: Session,
  handler: (context: Context, options: Options, ...args: Arguments) => Promise<Outcome>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals() as Options & { json?: boolean; C?: string };
    const args = given.slice(0, -2) as Arguments;
    const interrupts = new Interrupts(() => endCancelled(session, options.json === true));
    const interrupt = () => interrupts.interrupt();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
    const context = new Context(session, interrupts, options);
    const outcome = await withLakeAtHand(context, () => handler(context, options, ...args));
    report(context, outcome);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt);
  };
}

function report(context: Context, { json, text, exitCode }: Outcome): void {
  if (context.json) context.session.stdout.write(`${JSON.stringify(json)}\n`);
  else if (text) context.session.stdout.write(`${text}\n`);
  context.session.exitCode = exitCode ?? 0;
}

/** A daemon that somebody else started may lack the lake or credentials that this environment has: once more with them. */
async function withLakeAtHand(context: Context, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!isForebayError(error, 'lake-denied', 'lake-missing') || !(await handOverLake(context))) throw error;
    return await work();
  }
}

function endCancelled(session: Session, json: boolean): void {
  writeFailure(session, json, new ForebayError('cancelled', 'Cancelled.'));
  process.exit(1);
}

/** A failure for a script (one JSON value on standard output) or for a person (a sentence and what to do). */
export function writeFailure(session: Session, json: boolean, error: ForebayError): void {
  if (json) {
    const { code, message, hint } = error;
    session.stdout.write(`${JSON.stringify({ error: { code, message, ...(hint ? { hint } : {}) } })}\n`);
    return;
  }
  session.stderr.write(`forebay: ${error.message}\n${error.hint ? `${error.hint}\n` : ''}`);
}
