import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { newHome, node } from '../../../support/home.ts';
import { run, type Stopwatch } from '../../measure/stopwatch.ts';
import { clientOf, untilItAnswers } from './machine.ts';

/** From starting the bundle in a new home to the daemon's first answer. */
export async function timeStart(stopwatch: Stopwatch): Promise<void> {
  const home = await newHome();
  const client = clientOf(home);
  await run('sync', []);
  const begun = performance.now();
  const daemon = spawn(node, [home.program, 'daemon', '--stay'], { env: home.env, stdio: 'ignore' });
  try {
    await untilItAnswers(client);
    stopwatch.note('start', 'seconds', (performance.now() - begun) / 1000);
  } finally {
    const ended = once(daemon, 'exit');
    daemon.kill('SIGTERM');
    await ended;
    await home.remove();
  }
}
