import { hostname } from 'node:os';
import { join } from 'node:path';
import { apiVersion, ForebayError, schemaVersion } from '../api/index.ts';
import { programVersion } from '../api/version.ts';
import { type Clock, systemClock } from '../hub/clock.ts';
import { openHub } from '../hub/hub.ts';
import { hubIdentity } from '../hub/identity.ts';
import { enterFormer, findDefaultCache } from '../hub/rebuild.ts';
import { hubApp } from '../hub/routes/index.ts';
import { openStore } from '../hub/store/open.ts';
import { setAside } from '../hub/store/setAside.ts';
import { lakeNamespace } from '../run/emit/naming.ts';
import { cleanUp } from './cleanUp.ts';
import { writeDaemonJson } from './daemonJson.ts';
import { idlePatience, idleSince } from './idle.ts';
import { JobThreads } from './jobThreads.ts';
import { lakeFromEnvironment } from './lakeFromEnvironment.ts';
import { askHello } from './launch/findDaemon.ts';
import { keepProgram, ownProgram, programHash } from './launch/program.ts';
import { makeRuntimeFolder } from './launch/runtimeFolder.ts';
import { lockDatabase } from './lock.ts';
import { log } from './log.ts';
import { serveSocket } from './server.ts';
import { stateFolders } from './state.ts';
import { TrackingServer } from './tracking/server.ts';

export interface DaemonOptions {
  home: string;
  /** Goes on when nobody uses it. */
  stay?: boolean;
  /** Makes the database anew, from what the former one knows of lake and caches, and from these. */
  rebuild?: boolean;
  env?: NodeJS.ProcessEnv;
  clock?: Clock;
  /** Milliseconds without a client, lease or job before it ends. */
  patience?: number;
}

/** Node's own limit on a socket's path, sun_path of unix(7), with room for its end. */
const longestSocketPath = 100;

/**
 * Runs this home's daemon until it is told to end or nobody needs it any more.
 * Throws `daemon-unreachable` where another one runs or the socket can't be made, `daemon-newer` for a newer database.
 */
export async function runDaemon(options: DaemonOptions): Promise<void> {
  const { home, env = process.env, clock = systemClock } = options;
  const state = await stateFolders(home);
  const socketPath = socketIn(makeRuntimeFolder(home, env));
  const database = join(state.local, 'hub.db');
  const release = await lockDatabase(database, async () => (await askHello(socketPath)) !== undefined);
  try {
    const identity = await hubIdentity(state.identity);
    const former = options.rebuild ? await setAside(database, new Date(clock.now())) : undefined;
    const db = await openStore(database);
    if (former) await enterFormer(db, former, clock.now());
    const threads = new JobThreads({ log, cleanUp });
    const hub = await openHub({
      home,
      cacheFolder: join(state.local, 'cache'),
      hub: identity,
      db,
      clock,
      defaultLake: lakeFromEnvironment(env),
      runTask: (task, control) => threads.run(task, control),
      killTasks: () => threads.kill(),
      log,
    });
    if (former) await findDefaultCache(hub.context).catch(log);
    const tracking = new TrackingServer({
      folder: state.local,
      now: () => clock.now(),
      changed: (runId) => hub.context.events.emit('run', runId),
      log,
      lake: async () => {
        const lake = await hub.context.lakes.info();
        return lake ? lakeNamespace(lake.url, hostname()) : undefined;
      },
      env,
    });
    await tracking.resume().catch(log);
    const program = await keepProgram(home, ownProgram());
    const ended = Promise.withResolvers<string>();
    let stays = options.stay === true;
    const app = hubApp(
      {
        ...hub.context,
        connections: hub.connections,
        hello: {
          version: programVersion,
          apiMin: apiVersion.min,
          apiMax: apiVersion.max,
          schema: schemaVersion,
          bundle: await programHash(program),
          pid: process.pid,
        },
        url: `unix:${socketPath}`,
        tracking: () => tracking.info(),
        runs: () => tracking.store(),
        forwarder: tracking.forwarder,
        stay: () => {
          stays = true;
        },
        stop: (why) => setImmediate(() => ended.resolve(why)),
      },
      log,
    );
    await writeDaemonJson(home, { node: process.execPath, bundle: program, socket: socketPath });
    const server = await serveSocket(app, socketPath);
    const unhook = endOnSignals(ended.resolve);
    // A mistake in one answer must not take everybody's jobs with it.
    process.on('unhandledRejection', log);
    const end = (why: string) => stays || ended.resolve(why);
    const stopWatching = endWhenIdle(end, options.patience ?? idlePatience, async () => ({
      open: server.open() + tracking.requests,
      jobs: hub.context.jobs.count + (await tracking.running()) + (tracking.forwarder.busy ? 1 : 0),
      leases: await hub.heldLeases(),
    }));
    log(`Forebay ${programVersion} answers on ${socketPath}`);
    log(`Ending: ${await ended.promise}`);
    stopWatching();
    hub.connections.close();
    await server.close();
    await tracking.close();
    await hub.close();
    unhook();
    process.off('unhandledRejection', log);
  } finally {
    release();
  }
}

function socketIn(folder: string): string {
  const path = join(folder, 'daemon.sock');
  if (Buffer.byteLength(path) < longestSocketPath) return path;
  throw new ForebayError(
    'daemon-unreachable',
    `The socket's path ${path} is too long.`,
    'Point XDG_RUNTIME_DIR to a folder with a shorter path.',
  );
}

function endOnSignals(end: (why: string) => void): () => void {
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}

function endWhenIdle(
  end: (why: string) => void,
  patience: number,
  use: () => Promise<Parameters<typeof idleSince>[1]>,
): () => void {
  let since: number | undefined;
  const look = async () => {
    const now = performance.now();
    since = idleSince(since, await use(), now);
    if (since !== undefined && now - since >= patience) end('nobody needs it');
  };
  const timer = setInterval(() => void look().catch(log), Math.min(10_000, patience / 4));
  return () => clearInterval(timer);
}
