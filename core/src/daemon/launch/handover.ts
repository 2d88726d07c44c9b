import { setTimeout as sleep } from 'node:timers/promises';
import { ForebayError } from '../../api/errors.ts';
import { askHello } from './findDaemon.ts';
import { requestOverSocket } from './socketRequest.ts';

/** Milliseconds; the daemon journals what its jobs have reached before it ends. */
const patience = 30_000;

/** Asks a daemon to end so that the bundle of this hash can start, and waits until it is gone. */
export async function askHandover(socketPath: string, bundle: string): Promise<void> {
  const answer = await requestOverSocket(socketPath, {
    method: 'POST',
    path: '/api/handover',
    body: { bundle },
    timeout: patience,
  });
  if (answer.status >= 400) throw refused(`answered ${answer.status}`);
  await waitUntilGone(socketPath);
}

export async function waitUntilGone(socketPath: string): Promise<void> {
  const deadline = Date.now() + patience;
  while (await askHello(socketPath)) {
    if (Date.now() > deadline) throw refused(`is still running after ${patience / 1000} s`);
    await sleep(50);
  }
}

function refused(why: string): ForebayError {
  return new ForebayError(
    'daemon-unreachable',
    `Forebay's running daemon was asked to end and ${why}.`,
    "See 'forebay status' for what it is doing.",
  );
}
