import { readExperiment } from '../experiments.ts';
import { type Run, readRun } from '../runs.ts';
import type { RunDatabase } from '../store/open.ts';
import { type Place, sendArtifacts } from './artifacts.ts';
import { parentOf, remoteTags, type Sent } from './content.ts';
import { keep, type RemoteRow, remoteIdOf, rowOf } from './forwarded.ts';
import { type ForwardedModel, forgetModels, modelsOn, sendModel } from './models.ts';
import { remoteExperiment, remoteRun } from './remoteRun.ts';
import { isEnded, Sending } from './sending.ts';
import { type MlflowServer, ServerRefusal } from './server.ts';

/**
 * Brings the server up to what this run is now. What was sent is written down after each request, so that whoever is
 * interrupted goes on there. Throws `ServerAway` and `ServerRefusal`.
 */
export async function forwardRun(place: Place, server: MlflowServer, id: string): Promise<void> {
  const { db } = place;
  const run = await readRun(db, id);
  if (run.stage === 'deleted') return keep(db, id, { settled: 1 });
  const remote = await ensureRemote(db, server, run);
  const sending = new Sending(db, server, remote);
  await sending.pairs(run, remoteTags(run, await remoteIdOf(db, parentOf(run))));
  await sending.inputs(run);
  const { models, problem: older } = await modelsOn(db, server, run, (origin) => remoteIdOf(db, origin));
  await sending.models(run, models);
  await sending.points();
  await sending.measures(models);
  // Its end first: files take long, and a run that has ended is not to look as if it went on.
  await sending.state(run);
  const problems = [older, await sendArtifacts(place, server, run, remote.remote_artifacts ?? '')];
  for (const model of models) problems.push(await sendModel(place, server, model).catch(refusalOf(model)));
  const problem = problems.find((each) => each !== null) ?? null;
  await keep(db, id, { problem, settled: isEnded(run) ? 1 : 0 });
}

/** One model that the server refuses keeps back no other. */
const refusalOf =
  ({ model: { name } }: ForwardedModel) =>
  (error: unknown): string => {
    if (error instanceof ServerRefusal) return `The model ${name} is not all there: ${error.message}`;
    throw error;
  };

async function ensureRemote(db: RunDatabase, server: MlflowServer, run: Run): Promise<RemoteRow> {
  const { name } = await readExperiment(db, run.experiment_id);
  const before = await rowOf(db, run.id);
  if (before?.remote_id) {
    const { experiment } = JSON.parse(before.sent) as Sent;
    if (experiment === name) return { ...before, remote_id: before.remote_id };
    await leave(db, server, { ...before, remote_id: before.remote_id });
  }
  // Written down before it is asked for: who finds this looks whether the run is there.
  const row = {
    run_id: run.id,
    remote_id: null,
    remote_artifacts: null,
    sent: '{}',
    settled: 0,
    problem: null,
  } as const;
  await db
    .insertInto('forwarded_run')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const experiment = await remoteExperiment(server, name);
  const tags = remoteTags(run, await remoteIdOf(db, parentOf(run)));
  const again = before !== undefined;
  const { run_id, artifact_uri } = await remoteRun(server, run, { experiment, tags, again });
  const sent = JSON.stringify({ experiment: name } satisfies Sent);
  const made = { remote_id: run_id, remote_artifacts: artifact_uri, sent };
  await keep(db, run.id, made);
  return { ...row, ...made };
}

/** A run that went to another experiment, as a script that names its own makes it do: there a run can't, so it begins anew. */
async function leave(db: RunDatabase, server: MlflowServer, { run_id, remote_id }: RemoteRow): Promise<void> {
  await forgetModels(db, server, run_id);
  await server.post('runs/delete', { run_id: remote_id });
  await db.transaction().execute(async (within) => {
    await keep(within, run_id, { remote_id: null, remote_artifacts: null, sent: '{}' });
    await within.deleteFrom('forwarded_file').where('owner_id', '=', run_id).execute();
    const series = within.selectFrom('metric').select('id').where('run_id', '=', run_id);
    await within.deleteFrom('forwarded_series').where('metric_id', 'in', series).execute();
  });
}
