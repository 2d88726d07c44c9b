/**
 * What MLflow's client sends, as a bearer's token. Where it finds a name and a password, in the environment or in
 * ~/.mlflow/credentials, it leaves the token out (mlflow/utils/rest_utils.py): then the password is the token.
 */
export function bearerOf(authorization = ''): string {
  const [, credentials] = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(authorization) ?? [];
  if (credentials === undefined) return authorization;
  const text = Buffer.from(credentials, 'base64').toString();
  return `Bearer ${text.slice(text.indexOf(':') + 1)}`;
}
