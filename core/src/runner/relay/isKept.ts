/**
 * Calls of MLflow's clients that only log, below `/api/2.0/mlflow/`: their answer is empty, and made twice they stand once.
 */
const logging = [
  ...['runs/log-batch', 'runs/log-metric', 'runs/log-parameter', 'runs/set-tag', 'runs/delete-tag'],
  ...['runs/log-inputs', 'runs/outputs'],
];

/** Whether a call may wait until the hub is back while its caller goes on. */
export function isKept(method: string, path: string): boolean {
  const [, name = ''] = /^\/(?:ajax-)?api\/2\.0\/mlflow\/([^?]+)$/.exec(path) ?? [];
  return method === 'POST' && logging.includes(name);
}
