import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Lease, Run } from '../../api/schemas.ts';
import type { Client } from '../../client/index.ts';
import { codeIn } from '../../run/code/codeIn.ts';
import { codeFiles, codeTags } from '../../run/code/keep.ts';
import { environmentOf } from '../../run/environment/environment.ts';
import { findPython } from '../../run/environment/findPython.ts';
import { environmentFiles } from '../../run/environment/keep.ts';
import { paramsIn } from '../../runner/arguments.ts';
import { artifactsOf, outputArtifacts, paramArtifacts } from '../../runner/artifacts.ts';
import { record } from '../../runner/record.ts';
import { Relay } from '../../runner/relay/relay.ts';
import type { Context } from '../context.ts';
import { mountVersion } from '../version/mountVersion.ts';
import { type Mounted, scriptEnvironment } from './scriptEnvironment.ts';

export interface RunRequest {
  command: string[];
  /** Where it runs; absolute. */
  folder: string;
  /** Versions that it reads. */
  data: readonly string[];
  experiment?: string | undefined;
  name?: string | undefined;
  /** Which cache. */
  on?: string | undefined;
  /** Declared: a script that logs another value is refused. */
  params?: Run['params'];
  tags?: Run['tags'];
  /** Beside this process's own environment. */
  env?: NodeJS.ProcessEnv;
}

/** Runs a command, recorded, on versions that stay cached while it runs; how it ended, and the run as it is then known. */
export async function recordRun(
  context: Context,
  request: RunRequest,
): Promise<{ run: Run; exitCode: number; complete: boolean }> {
  const { command, folder, data, experiment, name, on, params = {}, tags = {}, env: own = {} } = request;
  const client = await context.client();
  const holder = { kind: 'process', pid: process.pid } as const;
  const mounted: Mounted[] = [];
  const leases: string[] = [];
  let kept = false;
  const output = await mkdtemp(join(tmpdir(), 'forebay-run-'));
  try {
    for (const ref of data) {
      const place = { ref, holder, ...(on ? { cache: on } : {}) };
      const each = await mountVersion(context, place);
      mounted.push(each);
      leases.push(each.lease.id);
    }
    const code = await codeIn(folder);
    const run = await client.runs.start({
      ...(experiment === undefined ? {} : { experiment }),
      ...(name === undefined ? {} : { name }),
      user: userInfo().username,
      command,
      folder,
      host: hostname(),
      pid: process.pid,
      params,
      arguments: paramsIn(command),
      tags: { ...tags, ...(code ? codeTags(code) : {}) },
      datasets: await Promise.all(mounted.map((each) => datasetOf(context, each))),
    });
    const revive = () => context.revive();
    const relay = await Relay.open({ runId: run.id, hub: () => client.app.tracking(), revive });
    context.say(`Recording ${run.name} (${run.id}).`);
    const surroundings = { runId: run.id, tracking: relay.address, output, mounted };
    const env = scriptEnvironment({ ...context.env, ...own }, surroundings);
    const { stderr } = context.session;
    // With --json, standard output is for the run's own description.
    const stdout = context.json ? stderr : context.session.stdout;
    // The leases are for the command itself too, so that they hold even if we are killed before it.
    const started = async (pid: number) => {
      for (const { lease } of mounted) {
        const own = await holdFor(client, lease, pid).catch(() => undefined);
        if (own) leases.push(own.id);
      }
    };
    // Asked beside the command, which needn't wait for it.
    const place = { folder, env };
    const environment = findPython(command, place).then((python) => environmentOf(python, place));
    const beginning = [
      Promise.resolve([...(code ? artifactsOf(codeFiles(code)) : []), ...paramArtifacts(params)]),
      environment.then((found) => artifactsOf(environmentFiles(found))),
    ];
    const artifacts = () => outputArtifacts(output);
    const recording = { runs: client.runs, run, command, folder, env, stdout, stderr };
    const { exitCode, complete } = await context.interrupts.elsewhere(() =>
      record({ ...recording, relay, started, revive, beginning, artifacts }),
    );
    for (const refusal of relay.refusals) {
      context.say(`What the script logged while the daemon was away was refused: ${refusal}`);
    }
    if (!complete) {
      kept = await holdsFiles(output);
      context.say(`Not all of ${run.name} is recorded.${kept ? ` Its output files stay in ${output}.` : ''}`);
    }
    return { run: complete ? await client.runs.get(run.id) : run, exitCode, complete };
  } finally {
    if (!kept) await rm(output, { recursive: true, force: true });
    for (const id of leases) await client.leases.remove(id).catch(() => {});
  }
}

const holdsFiles = async (folder: string) => (await outputArtifacts(folder)).length > 0;

const holdFor = (client: Client, { dataset, version, cache }: Lease, pid: number) =>
  client.leases.add({
    ...{ ref: `${dataset}@v${version}`, cache, sameUse: true },
    holder: { kind: 'process', pid },
  });

async function datasetOf(context: Context, { lease }: Mounted) {
  const client = await context.client();
  const { dataset: name, version, cache } = lease;
  const { digest } = await client.versions.get(name, `v${version}`);
  return { name, version, digest, cache };
}
