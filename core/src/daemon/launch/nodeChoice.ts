import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ForebayError } from '../../api/errors.ts';

/** What a Node says about itself, or why it can't be asked. */
export type NodeProbe = { version: string; sqlite: boolean; zstd: boolean } | { failure: string };

export interface NodeCandidate {
  path: string;
  /** Where it comes from, for people. */
  source: string;
}

const oldest = 24;

/** What a Node lacks to run the daemon, or undefined if it is fit. */
export function lacksOf(probe: NodeProbe): string | undefined {
  if ('failure' in probe) return probe.failure;
  if (Number.parseInt(probe.version, 10) < oldest) return `is Node ${probe.version}`;
  if (!probe.sqlite) return `is Node ${probe.version} without node:sqlite`;
  return probe.zstd ? undefined : `is Node ${probe.version} without zstd`;
}

/** FOREBAY_NODE, then the front end's own (its wheel's, its editor's), then every one on PATH. */
export function nodeCandidates(env: NodeJS.ProcessEnv, given?: string): NodeCandidate[] {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const onPath = (env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .filter((file) => fs.existsSync(file));
  const all: NodeCandidate[] = [
    ...(env.FOREBAY_NODE ? [{ path: env.FOREBAY_NODE, source: 'FOREBAY_NODE' }] : []),
    ...(given ? [{ path: given, source: "this program's own" }] : []),
    ...onPath.map((file) => ({ path: file, source: 'PATH' })),
  ];
  return all.filter((each, i) => all.findIndex((other) => other.path === each.path) === i);
}

/** The first candidate that is fit, tried one after the other. Throws `node-unfit` naming what was found where. */
export async function chooseNode(
  candidates: NodeCandidate[],
  probe: (file: string) => Promise<NodeProbe> = probeNode,
): Promise<string> {
  const found: string[] = [];
  for (const candidate of candidates) {
    const lacks = lacksOf(await probe(candidate.path));
    if (lacks === undefined) return candidate.path;
    found.push(`${candidate.path} (${candidate.source}) ${lacks}`);
  }
  throw new ForebayError(
    'node-unfit',
    found.length === 0
      ? `Forebay's daemon needs Node ${oldest} or later, and no Node was found.`
      : `Forebay's daemon needs Node ${oldest} or later with SQLite and zstd: ${found.join('; ')}.`,
    `Install Node ${oldest} or later, or set FOREBAY_NODE to where one is.`,
  );
}

const question = `
  const has = (name, member) => { try { return member in require(name) } catch { return false } };
  console.log(JSON.stringify({
    version: process.versions.node,
    sqlite: has('node:sqlite', 'DatabaseSync'),
    zstd: has('node:zlib', 'zstdCompressSync'),
  }))`;

/** Asks a Node what it is, by running it; ourselves without a process. */
export async function probeNode(file: string): Promise<NodeProbe> {
  if (file === process.execPath && !process.versions.electron) return probeSelf();
  return new Promise((resolve) => {
    execFile(
      file,
      ['--no-warnings', '-e', question],
      { env: nodeEnvironment(process.env), timeout: 10_000 },
      (error, stdout) => {
        if (error)
          return resolve({ failure: error.code === 'ENOENT' ? "isn't there" : "doesn't run as a Node" });
        try {
          resolve(JSON.parse(stdout) as NodeProbe);
        } catch {
          resolve({ failure: "doesn't answer as a Node" });
        }
      },
    );
  });
}

async function probeSelf(): Promise<NodeProbe> {
  const has = (name: string, member: string) =>
    import(name).then(
      (loaded: object) => member in loaded,
      () => false,
    );
  return {
    version: process.versions.node,
    sqlite: await has('node:sqlite', 'DatabaseSync'),
    zstd: await has('node:zlib', 'zstdCompressSync'),
  };
}

/** An editor's own binary runs as Node only when told; its debugger's options are not for us. */
export function nodeEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_CHANNEL_FD: _channel, ...rest } = env;
  return { ...rest, ELECTRON_RUN_AS_NODE: '1' };
}
