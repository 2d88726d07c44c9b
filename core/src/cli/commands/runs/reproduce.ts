import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { ForebayError, isForebayError } from '../../../api/errors.ts';
import { recordedFiles } from '../../../api/run/recordedFiles.ts';
import { codeTag } from '../../../api/run/runTags.ts';
import type { Run } from '../../../api/schemas.ts';
import { findRun } from '../../../client/find/run.ts';
import { runsWithin } from '../../../client/find/runsWithin.ts';
import type { Client } from '../../../client/index.ts';
import { digestOf } from '../../../run/code/keep.ts';
import type { Environment } from '../../../run/environment/environment.ts';
import { isPython } from '../../../run/environment/findPython.ts';
import { comparedKeys, differingRuns } from '../../../runner/compareMetrics.ts';
import { findCode } from '../../../runner/restore/findCode.ts';
import { restoreCode } from '../../../runner/restore/restoreCode.ts';
import { restorePython, whyNoPython } from '../../../runner/restore/restorePython.ts';
import { act } from '../../act.ts';
import type { Context } from '../../context.ts';
import { argument } from '../../misuse.ts';
import { argumentIn, folderOf, programIn, requirementIn } from '../../run/inCheckout.ts';
import { recordRun } from '../../run/recordRun.ts';
import { planReproduction, type Recorded } from '../../run/reproducePlan.ts';
import type { Session } from '../../session.ts';
import { formatTable } from '../../text/table.ts';

interface Options {
  dryRun?: boolean;
  into?: string;
  tolerance: number;
  currentEnvironment?: boolean;
}

const toleranceArgument = argument((text) => {
  const tolerance = Number(text);
  if (text.trim() !== '' && tolerance >= 0) return tolerance;
  throw new ForebayError('bad-request', `'${text}' is not a tolerance.`, 'Write it like 1e-6.');
});

export function addReproduce(parent: Command, session: Session): void {
  parent
    .command('reproduce')
    .description('run it again with the same code, data and packages; exit 1 where its metrics differ')
    .argument('<run>', 'its id, the beginning of it, or its name')
    .option('--dry-run', 'say what would be done, and what can not be as it was')
    .option('--into <dir>', 'where the code is checked out, else a new temporary folder')
    .option('--tolerance <number>', 'how far metrics may differ', toleranceArgument, 1e-6)
    .option('--current-environment', 'with the packages of now')
    .action(
      act<Options, [string]>(session, async (context, options, which) => {
        const client = await context.client();
        const recorded = await read(client, await findRun(client, which), options);
        const plan = planReproduction(recorded);
        if (plan.refusal !== null) throw new ForebayError('bad-request', plan.refusal);
        if (options.dryRun) {
          const text = [...plan.steps.map((step) => `would ${step}`), ...plan.warnings].join('\n');
          return { json: plan, text };
        }
        for (const line of [...plan.warnings, ...plan.steps]) context.say(line);
        const { run: again, exitCode, complete } = await runAgain(context, client, recorded, options.into);
        const before: [Run, ...Run[]] = [recorded.run, ...(await runsWithin(client, recorded.run))];
        const after: [Run, ...Run[]] = [again, ...(await runsWithin(client, again))];
        const differences = differingRuns(before, after, options.tolerance);
        if (exitCode !== recorded.run.exitCode) {
          const [had, has] = [String(recorded.run.exitCode), String(exitCode)];
          differences.unshift({ key: 'exit code', before: had, after: has });
        }
        const same = complete && differences.length === 0;
        const text = same
          ? describeSame(before, after)
          : formatTable(
              differences,
              [
                { title: 'METRIC', of: ({ key }) => key },
                { title: recorded.run.name, align: 'right', of: ({ before }) => before ?? '-' },
                { title: again.name, align: 'right', of: ({ after }) => after ?? '-' },
              ],
              context.paint,
            );
        return { json: { run: again.id, same, differences }, text, exitCode: same ? 0 : 1 };
      }),
    );
}

async function read(client: Client, run: Run, options: Options): Promise<Recorded> {
  const commit = run.tags[codeTag.commit];
  const environment = await artifact(client, run, recordedFiles.environment);
  const python = environment ? (JSON.parse(String(environment)) as Environment).python : null;
  const requirements = String((await artifact(client, run, recordedFiles.requirements)) ?? '');
  return {
    run,
    source: commit && run.folder !== null ? await findCode(run.folder, commit) : undefined,
    diff: await recordedDiff(client, run),
    gone: await goneVersions(client, run),
    python,
    requirements,
    lostPackages: requirements.split('\n').filter(isLost),
    lostPython: python && requirements !== '' ? await whyNoPython(python) : null,
    currentEnvironment: options.currentEnvironment === true,
  };
}

/** Empty where nothing differed; undefined where it isn't what was recorded. */
async function recordedDiff(client: Client, run: Run): Promise<Buffer | undefined> {
  const bytes = await artifact(client, run, recordedFiles.diff);
  const digest = run.tags[codeTag.diff];
  if (digest === undefined) return bytes ?? Buffer.alloc(0);
  return bytes && digestOf(bytes) === digest ? bytes : undefined;
}

/** Of a pair of runs, each with those within it. */
function describeSame(before: readonly [Run, ...Run[]], after: readonly [Run, ...Run[]]): string {
  const [[run], [again]] = [before, after];
  return before.some((each, nth) => comparedKeys(each, after[nth] ?? each).length > 0)
    ? `The metrics of ${again.name} are those of ${run.name}.`
    : `${again.name} ended as ${run.name} did. Neither logged a metric: nothing else could be compared.`;
}

/** Whether a requirement is of a file or folder of this machine that is gone. */
function isLost(requirement: string): boolean {
  const folder = folderOf(requirement);
  return folder !== undefined && !existsSync(folder);
}

/** A version is what its digest says: another one with the same content stands for it. */
async function goneVersions(client: Client, { datasets }: Run): Promise<string[]> {
  const gone: string[] = [];
  for (const { name, version, digest } of datasets) {
    if (version === null) continue;
    try {
      await client.versions.get(name, digest.replace(':', '-'));
    } catch (error) {
      if (!isForebayError(error, 'version-unknown', 'dataset-unknown')) throw error;
      gone.push(`${name}@v${version}`);
    }
  }
  return gone;
}

async function runAgain(
  context: Context,
  client: Client,
  { run, source, diff, python, requirements, currentEnvironment }: Recorded,
  into: string | undefined,
) {
  const target =
    into === undefined
      ? path.join(await mkdtemp(path.join(tmpdir(), 'forebay-again-')), 'code')
      : context.resolve(into);
  let folder = run.folder ?? context.folder;
  let command = run.command ?? [];
  let packages = requirements;
  if (source) {
    const { items } = await client.runs.artifacts(run.id, recordedFiles.untracked);
    const untracked = items.map(({ path }) => path);
    const executable = new Set(run.tags[codeTag.executable]?.split('\n'));
    await restoreCode(
      source.repository,
      {
        commit: run.tags[codeTag.commit] ?? '',
        diff: diff ?? Buffer.alloc(0),
        untracked: await Promise.all(
          untracked.map(async (each) => {
            const path = each.slice(recordedFiles.untracked.length);
            const bytes = await client.runs.artifact(run.id, each);
            return { path, bytes, executable: executable.has(path) };
          }),
        ),
      },
      target,
    );
    folder = path.join(target, source.prefix);
    const checkout = { repository: source.repository, target };
    const [program = '', ...args] = command;
    command = [
      programIn({ folder, ran: run.folder ?? folder }, program, existsSync),
      ...args.map((each) => argumentIn(checkout, each, existsSync)),
    ];
    packages = requirements
      .split('\n')
      .map((each) => requirementIn(checkout, each, existsSync))
      .join('\n');
    context.say(`The code is in ${target}.`);
  }
  const interpreter =
    python && requirements !== '' && !currentEnvironment
      ? await restorePython(python, packages, `${target}-python`)
      : undefined;
  const declared = await artifact(client, run, recordedFiles.params);
  return recordRun(context, {
    ...withPython(command, interpreter, { recorded: python?.executable, env: context.env }),
    folder,
    data: run.datasets.flatMap(({ name, version, digest }) =>
      version === null ? [] : [`${name}@${digest.replace(':', '-')}`],
    ),
    ...(declared ? { params: JSON.parse(String(declared)) as Run['params'] } : {}),
    experiment: run.experiment.name,
    name: `${run.name}-again`,
    tags: { 'forebay.reproduces': run.id },
  });
}

/** The command by that interpreter: in its place where Python is what runs, else by the environment that it finds. */
function withPython(
  command: string[],
  interpreter: string | undefined,
  { recorded, env }: { recorded: string | undefined; env: NodeJS.ProcessEnv },
) {
  if (interpreter === undefined) return { command };
  const [program = '', ...args] = command;
  if (isPython(program)) return { command: [interpreter, ...args] };
  const bin = path.dirname(interpreter);
  const PATH = [bin, env.PATH].filter(Boolean).join(path.delimiter);
  // A program of the recorded environment, as torchrun, names its interpreter itself: the new one has its own.
  const lay =
    recorded !== undefined && path.isAbsolute(program) && path.dirname(program) === path.dirname(recorded);
  const own = lay ? path.join(bin, path.basename(program)) : program;
  return { command: [own, ...args], env: { VIRTUAL_ENV: path.dirname(bin), PATH } };
}

const artifact = (client: Client, run: Run, name: string): Promise<Buffer | undefined> =>
  client.runs.artifact(run.id, name).then(
    (bytes) => Buffer.from(bytes),
    () => undefined,
  );
