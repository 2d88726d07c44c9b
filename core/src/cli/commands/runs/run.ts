import type { Command } from 'commander';
import { act } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import { recordRun } from '../../run/recordRun.ts';
import type { Session } from '../../session.ts';

interface Options {
  data: string[];
  experiment?: string;
  name?: string;
  on?: string;
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
    .usage('[options] -- command...')
    .action(
      act<Options, [string[]]>(session, async (context, { data, experiment, name, on }, command) => {
        const request = { command, folder: context.folder, data, experiment, name, on };
        const { run, exitCode } = await recordRun(context, request);
        return { json: run, exitCode };
      }),
    );
}

const collect = (value: string, before: string[]) => [...before, refArgument(value)];
