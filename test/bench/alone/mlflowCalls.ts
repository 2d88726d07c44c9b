import { type Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export interface Server {
  url: string;
  headers: Record<string, string>;
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
