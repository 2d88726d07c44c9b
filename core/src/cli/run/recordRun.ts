import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../api/schemas.ts';
import { codeIn } from '../../run/code/codeIn.ts';
import { codeFiles, codeTags } from '../../run/code/keep.ts';
import { environmentOf, pythonFor } from '../../run/environment/environment.ts';
import { environmentFiles } from '../../run/environment/keep.ts';
import { paramsIn } from '../../runner/arguments.ts';
import { artifactsOf, outputArtifacts, paramArtifacts } from '../../runner/artifacts.ts';
import { record } from '../../runner/record.ts';
import { Relay } from '../../runner/relay/relay.ts';
import type { Context } from '../context.ts';
import { mountVersion } from '../version/mountVersion.ts';
import { withoutProxy } from '../version/runOnVersion.ts';

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

type Mounted = Awaited<ReturnType<typeof mountVersion>>;

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
    const env = {
      ...context.env,
      ...own,
      ...withoutProxy(context.env),
      ...pathsOf(mounted),
      MLFLOW_TRACKING_URI: relay.address.url,
      // Tells whose requests these are: what the script logs belongs to this run.
      MLFLOW_TRACKING_TOKEN: relay.address.token,
      // Those addresses lead to pages of MLflow's own server.
      MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: 'true',
      FOREBAY_RUN_ID: run.id,
      FOREBAY_OUTPUT: output,
      // Its output is seen as it is written.
      PYTHONUNBUFFERED: '1',
    };
    const { stderr } = context.session;
    // With --json, standard output is for the run's own description.
    const stdout = context.json ? stderr : context.session.stdout;
    const started = async (pid: number) => {
      // The leases are for the command itself too, so that they hold even if we are killed before it.
      for (const { lease } of mounted) {
        const request = { ref: `${lease.dataset}@v${lease.version}`, cache: lease.cache, sameUse: true };
        const own = await client.leases
          .add({ ...request, holder: { kind: 'process', pid } })
          .catch(() => undefined);
        if (own) leases.push(own.id);
      }
    };
    // Asked beside the command, which needn't wait for it.
    const environment = environmentOf(pythonFor(command, env), { folder, env });
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

/** FOREBAY_PATH is the first version's folder, FOREBAY_PATH_NAME each one's. */
function pathsOf(mounted: readonly Mounted[]): NodeJS.ProcessEnv {
  const named = mounted.map(({ lease, path }) => [
    `FOREBAY_PATH_${lease.dataset.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`,
    path,
  ]);
  const [first] = mounted;
  return { ...Object.fromEntries(named), ...(first ? { FOREBAY_PATH: first.path } : {}) };
}

async function datasetOf(context: Context, { lease }: Mounted) {
  const client = await context.client();
  const { dataset: name, version, cache } = lease;
  const { digest } = await client.versions.get(name, `v${version}`);
  return { name, version, digest, cache };
}
