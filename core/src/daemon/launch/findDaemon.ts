import type { Hello } from '../../api/schemas.ts';
import { homeOf } from './home.ts';
import { socketPathOf } from './runtimeFolder.ts';
import { requestOverSocket } from './socketRequest.ts';

export interface FoundDaemon {
  socketPath: string;
  hello: Hello;
}

/** Milliseconds; a daemon answers within 100, a machine under load later. */
const patience = 5000;

/** The daemon of this home, if one answers. Starts nothing. */
export async function findDaemon(options: { home?: string; env?: NodeJS.ProcessEnv } = {}) {
  const env = options.env ?? process.env;
  return askHello(socketPathOf(options.home ?? homeOf(env), env));
}

export async function askHello(socketPath: string): Promise<FoundDaemon | undefined> {
  try {
    const answer = await requestOverSocket(socketPath, {
      method: 'GET',
      path: '/api/hello',
      timeout: patience,
    });
    if (answer.status !== 200) return undefined;
    const hello = JSON.parse(answer.body) as Hello;
    return typeof hello.apiMax === 'number' ? { socketPath, hello } : undefined;
  } catch {
    return undefined;
  }
}
