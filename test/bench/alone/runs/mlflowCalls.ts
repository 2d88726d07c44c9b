import { type Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ForebayMachine } from '../../peers/forebay/machine.ts';

export interface Server {
  url: string;
  headers: Record<string, string>;
}

/** Where MLflow's clients reach this machine's daemon. */
export async function trackingOf({ home }: ForebayMachine): Promise<Server> {
  const variables = await home.json<NodeJS.ProcessEnv>('env');
  return {
    url: variables.MLFLOW_TRACKING_URI ?? '',
    headers: { authorization: `Bearer ${variables.MLFLOW_TRACKING_TOKEN}` },
  };
}

/** Its id. */
export async function createRun(
  server: Server,
  agent: Agent,
  run_name: string,
  start_time = Date.now(),
): Promise<string> {
  const { run } = await post<{ run: { info: { run_id: string } } }>(server, agent, 'runs/create', {
    ...{ experiment_id: '0', start_time, run_name },
  });
  return run.info.run_id;
}

const tries = 5;

/** Again where a server has too many at once, as MLflow's clients do; the time counts. */
export async function post<T>(server: Server, agent: Agent, path: string, body: object): Promise<T> {
  const text = JSON.stringify(body);
  for (let left = tries; ; left--) {
    try {
      return await ask<T>(server, agent, 'POST', path, text);
    } catch (error) {
      if (left === 0) throw error;
      await delay(500);
    }
  }
}

export function ask<T>(
  { url, headers }: Server,
  agent: Agent,
  method: string,
  path: string,
  body?: string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/api/2.0/mlflow/${path}`,
      { agent, method, headers: { ...headers, 'content-type': 'application/json' } },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => {
          const text = Buffer.concat(pieces).toString();
          if (answer.statusCode === 200) resolve(JSON.parse(text) as T);
          else reject(new Error(`${path}: ${answer.statusCode} ${text}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
