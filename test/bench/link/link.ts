import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { node } from '../../support/home.ts';
import type { LinkSpec } from './shape.ts';

export interface Link {
  /** `http://127.0.0.1:PORT`; the bytes pass as they are, so that signatures stay right. */
  endpoint: string;
  stop(): Promise<void>;
}

/** A network link of one speed and length before the server at `target`, the same for all who use it. */
export async function startLink(target: string, { roundTrip, bitsPerSecond }: LinkSpec): Promise<Link> {
  const args = [new URL(target).port, String(roundTrip), String(bitsPerSecond)];
  const child = spawn(node, [join(import.meta.dirname, 'process.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [port] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return {
    endpoint: `http://127.0.0.1:${String(port).trim()}`,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
