import { setTimeout as sleep } from 'node:timers/promises';
import { ForebayError } from '../../api/errors.ts';
import { askHello, type FoundDaemon } from './findDaemon.ts';
import { hasEnded } from './hasEnded.ts';
import { requestOverSocket } from './socketRequest.ts';

/** Milliseconds; the daemon journals what its jobs have reached before it ends. */
const patience = 30_000;
/** Milliseconds from its last answer to its end. The pid may be another machine's, or somebody else's by then. */
const lastBreath = 10_000;

/** Asks a daemon to end so that the bundle of this hash can start, and waits until it is gone. */
export async function askHandover(daemon: FoundDaemon, bundle: string): Promise<void> {
  const answer = await requestOverSocket(daemon.socketPath, {
    method: 'POST',
    path: '/api/handover',
    body: { bundle },
    timeout: patience,
  });
  if (answer.status >= 400) throw refused(`answered ${answer.status}`);
  await waitUntilGone(daemon);
}

/** Waits until a daemon that was asked to end no longer answers and its process has ended. */
export async function waitUntilGone({ socketPath, hello }: FoundDaemon): Promise<void> {
  const deadline = Date.now() + patience;
  while ((await askHello(socketPath))?.hello.pid === hello.pid) {
    if (Date.now() > deadline) throw refused(`is still running after ${patience / 1000} s`);
    await sleep(50);
  }
  const answered = Date.now();
  while (!hasEnded(hello.pid) && Date.now() - answered < lastBreath) await sleep(20);
}

function refused(why: string): ForebayError {
  return new ForebayError(
    'daemon-unreachable',
    `Forebay's running daemon was asked to end and ${why}.`,
    "See 'forebay status' for what it is doing.",
  );
}
