import { styleText } from 'node:util';

/** What a command's process has around it; a test brings its own. */
export interface Session {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  /** Where the command was called; absolute. */
  folder: string;
  exitCode: number;
}

export function processSession(): Session {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    folder: process.cwd(),
    exitCode: 0,
  };
}

export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Colours on a terminal only, and none where NO_COLOR says so (https://no-color.org). */
export function paintFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Paint {
  const coloured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return (format, text) => (coloured ? styleText(format, text, { validateStream: false }) : text);
}
