import { join } from 'node:path';
import type { Control } from '../dataset/progress.ts';
import type { LakeLocation } from '../lake/location.ts';
import { Scrubber } from './cache/scrubber.ts';
import { tidyCaches } from './cache/tidy.ts';
import type { Clock } from './clock.ts';
import type { HubContext } from './context.ts';
import { Events } from './events.ts';
import { Jobs } from './jobs/jobs.ts';
import type { Task } from './jobs/task.ts';
import { Catalog } from './lake/catalog.ts';
import { LakeKeeper } from './lake/lakeKeeper.ts';
import { Connections } from './lease/connections.ts';
import { endLease, leasesOfKind } from './lease/leases.ts';
import { endLeasesOfTheDead } from './lease/watch.ts';
import { AgeOut } from './placement/ageOut.ts';
import { recoverHub } from './recover.ts';
import type { Database } from './store/migrations.ts';
import { readSetting, writeSetting } from './store/settings.ts';

export interface HubOptions {
  home: string;
  /** Where the default cache is made. */
  cacheFolder?: string;
  hub: { id: string; existed: boolean };
  db: Database;
  clock: Clock;
  defaultLake?: LakeLocation | undefined;
  runTask: (task: Task, control: Control) => Promise<unknown>;
  killTasks: () => Promise<void>;
  log: (error: unknown) => void;
  /** Milliseconds between two looks at processes that hold leases, and two rounds of ageing out and of scrubbing. */
  every?: { lease: number; ageOut: number; scrub?: number };
}

/** Jobs that can't be taken up again get this long, milliseconds, to stop before the daemon ends. */
const grace = 1500;
const day = 86_400_000;

export interface Hub {
  context: HubContext;
  connections: Connections;
  /** Leases that need this daemon: of processes and connections. */
  heldLeases(): Promise<number>;
  close(): Promise<void>;
}

/** Opens the hub: everything is recovered when this resolves, and its loops run until `close`. */
export async function openHub(options: HubOptions): Promise<Hub> {
  const { home, db, clock, log } = options;
  const events = new Events(clock.now());
  const jobs = new Jobs({ db, events, clock, log });
  const defaultLocation = options.defaultLake ?? { url: join(home, 'lake') };
  const unasked = options.defaultLake === undefined;
  const lakes = new LakeKeeper({ db, events, defaultLocation, unasked });
  const context: HubContext = {
    home,
    cacheFolder: options.cacheFolder ?? join(home, 'cache'),
    hubId: options.hub.id,
    db,
    events,
    clock,
    jobs,
    lakes,
    catalog: new Catalog({ lakes, events }),
    runTask: options.runTask,
    sweeps: new Map(),
    measures: new Map(),
    log,
    quietUntil: await quietTime(options),
  };
  await recoverHub(context);
  const connections = new Connections((id) => {
    endLease(context, id).catch(() => {});
  });
  for (const lease of await leasesOfKind(context, 'connection')) connections.expect(lease.id);
  const stopLoops = startLoops(context, options.every);
  return {
    context,
    connections,
    heldLeases: async () =>
      (await Promise.all([leasesOfKind(context, 'process'), leasesOfKind(context, 'connection')])).flat()
        .length,
    async close() {
      stopLoops();
      connections.close();
      await jobs.stop(grace, options.killTasks);
      await lakes.close();
      await db.destroy();
    },
  };
}

/** A database that was made anew doesn't know who uses what: for a day it evicts nothing unasked. */
async function quietTime({ db, hub, clock }: HubOptions): Promise<number> {
  let born = await readSetting(db, 'born');
  if (!born) {
    born = { time: clock.now(), rebuilt: hub.existed };
    await writeSetting(db, 'born', born);
  }
  return born.rebuilt ? born.time + day : 0;
}

function startLoops(
  hub: HubContext,
  every: HubOptions['every'] = { lease: 2000, ageOut: 60_000 },
): () => void {
  const ageOut = new AgeOut(hub);
  const look = () => endLeasesOfTheDead(hub).catch(hub.log);
  const round = () => ageOut.round().catch(hub.log);
  const tidy = () => tidyCaches(hub).catch(hub.log);
  const scrubber = new Scrubber(hub);
  const scrub = () => scrubber.round().catch(hub.log);
  void round();
  const timers = [
    setInterval(look, every.lease),
    setInterval(round, every.ageOut),
    setInterval(tidy, every.ageOut),
    setInterval(scrub, every.scrub ?? every.ageOut),
  ];
  return () => {
    scrubber.stop();
    for (const timer of timers) clearInterval(timer);
  };
}
