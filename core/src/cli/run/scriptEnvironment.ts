import type { TrackingInfo } from '../../api/schemas.ts';
import type { mountVersion } from '../version/mountVersion.ts';
import { withoutProxy } from '../version/runOnVersion.ts';

export type Mounted = Awaited<ReturnType<typeof mountVersion>>;

export interface ScriptSurroundings {
  runId: string;
  /** Where MLflow's client logs to, and in whose name. */
  tracking: TrackingInfo;
  /** The folder whose files are kept. */
  output: string;
  mounted: readonly Mounted[];
}

/** The environment of a command that is recorded: `env`, and what tells it and MLflow's client of its run. */
export function scriptEnvironment(
  env: NodeJS.ProcessEnv,
  { runId, tracking, output, mounted }: ScriptSurroundings,
): NodeJS.ProcessEnv {
  return {
    ...env,
    ...withoutProxy(env),
    ...pathsOf(mounted),
    MLFLOW_TRACKING_URI: tracking.url,
    // Tells whose requests these are: what the script logs belongs to this run.
    MLFLOW_TRACKING_TOKEN: tracking.token,
    ...ownName(tracking.token),
    // Those addresses lead to pages of MLflow's own server.
    MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: 'true',
    FOREBAY_RUN_ID: runId,
    FOREBAY_OUTPUT: output,
    // Its output is seen as it is written.
    PYTHONUNBUFFERED: '1',
  };
}

/** A person's own name and password, which are another server's, would go before the token. */
export const ownName = (token: string): NodeJS.ProcessEnv => ({
  MLFLOW_TRACKING_USERNAME: 'forebay',
  MLFLOW_TRACKING_PASSWORD: token,
});

/** FOREBAY_PATH is the first version's folder, FOREBAY_PATH_NAME each one's. */
function pathsOf(mounted: readonly Mounted[]): NodeJS.ProcessEnv {
  const named = mounted.map(({ lease, path }) => [
    `FOREBAY_PATH_${lease.dataset.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`,
    path,
  ]);
  const [first] = mounted;
  return { ...Object.fromEntries(named), ...(first ? { FOREBAY_PATH: first.path } : {}) };
}
