/**
 * What to send as `Authorization`, from MLflow's own variables (mlflow/environment_variables.py). Where MLFLOW_TRACKING_URI
 * names another server they are for that one: in a shell with `forebay env`, the token is our own.
 */
export function authorizationFor(
  url: string,
  env: NodeJS.ProcessEnv,
  ownToken: string | undefined,
): string | undefined {
  const { MLFLOW_TRACKING_URI: named, MLFLOW_TRACKING_TOKEN: token } = env;
  if (named && !isSameServer(named, url)) return undefined;
  const { MLFLOW_TRACKING_USERNAME: user, MLFLOW_TRACKING_PASSWORD: password } = env;
  if (user && password) return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  if (!token || (ownToken !== undefined && token.startsWith(ownToken))) return undefined;
  return `Bearer ${token}`;
}

const isSameServer = (a: string, b: string) => URL.canParse(a) && new URL(a).origin === new URL(b).origin;
