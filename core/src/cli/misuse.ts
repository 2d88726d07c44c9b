import { ForebayError } from '../api/errors.ts';

/** A command that was called wrongly: exit code 2. */
export class Misuse extends ForebayError {
  constructor(message: string, hint?: string) {
    super('bad-request', message, hint);
  }
}

/** Commander's own words ("error: unknown option '--x'\n(Did you mean --y?)") as a sentence and a hint of ours. */
export function misuseOf(commanderMessage: string): Misuse {
  const [first = '', second] = commanderMessage.replace(/^error:\s*/i, '').split('\n');
  const sentence = first.charAt(0).toUpperCase() + first.slice(1);
  const suggestion = second?.match(/^\((.+)\)$/)?.[1];
  return new Misuse(
    /[.?!]$/.test(sentence) ? sentence : `${sentence}.`,
    suggestion ?? "See 'forebay --help'.",
  );
}

/** A parser of an argument or option: what it refuses is a misuse, in the parser's own sentence and hint. */
export function argument<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (thrown) {
      const { message, hint } = ForebayError.from(thrown);
      throw new Misuse(message, hint ?? "See 'forebay --help'.");
    }
  };
}
