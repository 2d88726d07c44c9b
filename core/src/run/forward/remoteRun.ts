import type { Run } from '../runs.ts';
import { originTag, pairsOf } from './content.ts';
import { type MlflowServer, ServerRefusal } from './server.ts';

interface RemoteExperiment {
  experiment: { experiment_id: string; lifecycle_stage: string };
}
interface Links {
  inputs?: { model_inputs?: { model_id: string }[] };
  outputs?: { model_outputs?: { model_id: string }[] };
}
interface RemoteRun {
  info: { run_id: string; artifact_uri: string };
}

/** The experiment of this name on the server, made if need be; its id. */
export async function remoteExperiment(server: MlflowServer, name: string): Promise<string> {
  const found = await byName(server, name);
  if (found) return found;
  try {
    return (await server.post<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
  } catch (error) {
    // Somebody else was faster, or our own answer was lost.
    const made = isRefusal(error, 'RESOURCE_ALREADY_EXISTS') ? await byName(server, name) : undefined;
    if (made) return made;
    throw error;
  }
}

async function byName(server: MlflowServer, name: string): Promise<string | undefined> {
  try {
    const query = { experiment_name: name };
    const { experiment } = await server.get<RemoteExperiment>('experiments/get-by-name', query);
    if (experiment.lifecycle_stage === 'active') return experiment.experiment_id;
  } catch (error) {
    if (isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) return undefined;
    throw error;
  }
  throw new ServerRefusal('INVALID_STATE', `The experiment '${name}' is deleted there: restore it there.`);
}

/** Makes the run there; `again`: it may have been made already, and its answer lost. */
export async function remoteRun(
  server: MlflowServer,
  run: Run,
  { experiment, tags, again }: { experiment: string; tags: Record<string, string>; again: boolean },
): Promise<RemoteRun['info']> {
  const made = again ? await findRun(server, experiment, run.id) : undefined;
  if (made) return made;
  const { run: answer } = await server.post<{ run: RemoteRun }>('runs/create', {
    experiment_id: experiment,
    user_id: run.user,
    run_name: run.name,
    start_time: run.start_time,
    tags: pairsOf({ ...tags, 'mlflow.runName': run.name }),
  });
  return answer.info;
}

/** The ids of the models that a run there is said to have used and made. */
export async function linkedModels(server: MlflowServer, runId: string) {
  const { run } = await server.get<{ run: RemoteRun & Links }>('runs/get', { run_id: runId });
  const idsOf = (links: readonly { model_id: string }[] = []) =>
    new Set(links.map(({ model_id }) => model_id));
  return { input: idsOf(run.inputs?.model_inputs), output: idsOf(run.outputs?.model_outputs) };
}

async function findRun(server: MlflowServer, experiment: string, id: string) {
  const { runs = [] } = await server.post<{ runs?: RemoteRun[] }>('runs/search', {
    experiment_ids: [experiment],
    filter: `tags.\`${originTag}\` = '${id}'`,
    max_results: 1,
  });
  return runs[0]?.info;
}

export const isRefusal = (error: unknown, code: string): boolean =>
  error instanceof ServerRefusal && error.code === code;
