import type { Command } from 'commander';
import { ForebayError } from '../../../api/errors.ts';
import { isKey, longest } from '../../../run/names.ts';
import { act } from '../../act.ts';
import { paramArgument, refArgument } from '../../arguments.ts';
import { readParams } from '../../run/readParams.ts';
import { recordRun } from '../../run/recordRun.ts';
import type { Session } from '../../session.ts';

interface Options {
  data: string[];
  experiment?: string;
  name?: string;
  on?: string;
  param: [key: string, value: string][];
  params?: string;
}

export function addRun(parent: Command, session: Session): void {
  parent
    .command('run')
    .description('run a command and record it: data, parameters, output, what it uses and what it logs')
    .argument('<command...>', 'after --')
    .option('--data <ref>', 'a version that it reads, cached if need be; can be given again', collect, [])
    .option('--experiment <name>', 'which experiment the run belongs to, made if need be')
    .option('--name <name>', "the run's name, else one is invented")
    .option('--on <cache>', 'which cache')
    .option('--param <key=value>', 'a parameter, recorded as it is given; can be given again', declare, [])
    .option('--params <file>', 'parameters from a YAML or JSON file; --param comes before it')
    .usage('[options] -- command...')
    .action(
      act<Options, [string[]]>(session, async (context, { param, params: file, ...options }, command) => {
        const params = {
          ...(file === undefined ? {} : await readParams(context.resolve(file))),
          ...Object.fromEntries(param),
        };
        for (const name of Object.keys(params)) checkParamName(name);
        const request = { command, folder: context.folder, params, ...options };
        const { run, exitCode } = await recordRun(context, request);
        return { json: run, exitCode };
      }),
    );
}

function checkParamName(name: string): void {
  if (isKey('parameter', name)) return;
  throw new ForebayError(
    'bad-request',
    `'${name}' can't be the name of a parameter.`,
    `Use letters, digits, spaces and _ - . : / in it, at most ${longest.key} of them, and no / at either end.`,
  );
}

const declare = (text: string, before: [string, string][]) => [...before, paramArgument(text)];
const collect = (value: string, before: string[]) => [...before, refArgument(value)];
