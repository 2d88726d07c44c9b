import { isSecret } from '../api/run/withoutSecrets.ts';

/** What may be a parameter's name, as scripts and configurations have them: `lr`, `optim.lr`, `model/depth`. */
const name = /^[\p{L}_][\p{L}\p{N}_.\-/]*$/u;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Parameters that a command line shows: `--lr 0.1`, `--lr=0.1`, `--amp` and, as Hydra has them, `lr=0.1` and
 * `+optim.lr=0.1`. An option's name is that of the variable which argparse, click and the like make of it. It can't know
 * whether what follows a switch is its value: whoever asks must take a script's own word before this one.
 */
export function paramsIn([, ...args]: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] as string;
    if (argument === '--') break;
    const [key, value] = partsOf(argument);
    if (key === undefined) continue;
    const values = value === undefined ? valuesAfter(args, at) : [value];
    if (value === undefined) at += values.length;
    if (!isSecret(key)) found[key] = values.length === 0 ? 'true' : values.join(' ');
  }
  return found;
}

/** Its name and what it holds itself; no name where it is no parameter. */
function partsOf(argument: string): [key?: string, value?: string | undefined] {
  const [, option, long] = /^(--)?([^=]*)/.exec(argument) ?? [];
  const at = argument.indexOf('=');
  const value = at < 0 ? undefined : argument.slice(at + 1);
  if (option) {
    const key = (long ?? '').replaceAll('-', '_');
    return name.test(key) ? [key, value] : [];
  }
  const key = (long ?? '').replace(/^\+{1,2}/, '');
  return value !== undefined && name.test(key) ? [key, value] : [];
}

/** One value, or several numbers: words that follow are rather files than values. */
function valuesAfter(args: readonly string[], at: number): string[] {
  const [first, ...others] = args.slice(at + 1);
  const isValue = (text: string) => !text.startsWith('-') || number.test(text);
  if (first === undefined || !isValue(first) || partsOf(first)[0] !== undefined) return [];
  if (!number.test(first)) return [first];
  const end = others.findIndex((each) => !number.test(each));
  return [first, ...(end < 0 ? others : others.slice(0, end))];
}
