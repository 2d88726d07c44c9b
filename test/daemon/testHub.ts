import { join } from 'node:path';
import { JobThreads } from '../../core/src/daemon/jobThreads.ts';
import type { Clock } from '../../core/src/hub/clock.ts';
import { type Hub, type HubOptions, openHub } from '../../core/src/hub/hub.ts';
import { hubIdentity } from '../../core/src/hub/identity.ts';
import { openStore } from '../../core/src/hub/store/open.ts';

/** Time that passes only when it is told to. */
export class TestClock implements Clock {
  wall = Date.now();
  passed = 0;
  now = () => this.wall;
  monotonic = () => this.passed;
  pass(milliseconds: number): void {
    this.wall += milliseconds;
    this.passed += milliseconds;
  }
}

/** The hub of the home `folder` in this process, with a clock of the test's; opened again, it finds what was there. */
export async function openTestHub(
  folder: string,
  clock: Clock,
  every: NonNullable<HubOptions['every']>,
): Promise<Hub> {
  const threads = new JobThreads({ log: console.error, cleanUp: async () => {} });
  return openHub({
    home: folder,
    hub: await hubIdentity(folder),
    db: await openStore(join(folder, 'hub.db')),
    clock,
    runTask: (task, control) => threads.run(task, control),
    killTasks: () => threads.kill(),
    log: console.error,
    every,
  });
}
