import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { node } from '../support/home.ts';
import type { FileSpec } from './data/files.ts';
import { Sources } from './data/sources.ts';
import type { Sample, Work } from './measure/sample.ts';
import { Stopwatch } from './measure/stopwatch.ts';
import type { Peer, Tool } from './peers/peer.ts';
import { describeMachine } from './report/machine.ts';
import type { Absence, Comparison } from './report/results.ts';
import { formatFigure, grouped } from './report/rows.ts';
import type { Store } from './store.ts';

export interface CompareOptions {
  setting: string;
  files: FileSpec;
  rounds: number;
  peers: Peer[];
  only: Work[];
  /** Folder for profiles of the daemon; null: none are made. */
  profile: string | null;
}

interface Found {
  peer: Peer;
  tool: Tool;
}

/**
 * Everybody in turn, several rounds, in the empty folder `at`, where all stays until the end: ext4 without a journal
 * passes over the inodes of files removed in the last minutes, one by one, and the next peer would make its files at a
 * quarter of the speed.
 */
export async function compare(options: CompareOptions, store: Store, at: string): Promise<Comparison> {
  const { setting, files, rounds, only } = options;
  const wanted = options.peers.filter(({ does }) => does.some((work) => only.includes(work)));
  const { found, missing } = await findPeers(wanted);
  console.log(`Making ${grouped(files.count)} files`);
  const sources = new Sources(at, files);
  const samples: Sample[] = [];
  const failed: Absence[] = [];
  for (let round = 0; round < rounds; round++) {
    const taking = found.filter(({ peer }) => round < (peer.rounds ?? rounds));
    for (const each of inTurn(taking, round)) {
      console.log(`Round ${round + 1} of ${rounds}: ${each.peer.id}`);
      try {
        const folder = join(at, `${each.peer.id}-${round + 1}`);
        const made = await oneRound(each, round, options, { sources, store, folder });
        samples.push(...made.filter(({ work }) => only.includes(work)));
      } catch (error) {
        // Hours of the others' figures stay.
        console.error(error);
        failed.push({ peer: each.peer.id, reason: `Round ${round + 1}: ${reasonOf(error)}` });
      }
    }
  }
  return {
    setting,
    files,
    bytes: sources.bytes,
    link: store.link,
    rounds,
    when: new Date().toISOString(),
    machine: await describeMachine(at, node),
    versions: [
      { peer: 'store', version: 'SeaweedFS 4.48' },
      ...found.map(({ peer, tool }) => ({ peer: peer.id, version: tool.version })),
    ],
    missing,
    failed,
    samples,
  };
}

async function oneRound(
  { peer, tool }: Found,
  round: number,
  { only, profile }: CompareOptions,
  { sources, store, folder }: { sources: Sources; store: Store; folder: string },
): Promise<Sample[]> {
  const stopwatch = new Stopwatch(peer.id, round, say);
  const wants = (...works: Work[]) => works.some((work) => only.includes(work));
  await mkdir(folder);
  await store.withBucket((bucket) => tool.run({ sources, folder, bucket, stopwatch, wants, profile }));
  return stopwatch.samples;
}

/** A peer that isn't there is named, never left out in silence. */
export async function findPeers(wanted: Peer[]) {
  const found: Found[] = [];
  const missing: Absence[] = [];
  for (const peer of wanted) {
    try {
      found.push({ peer, tool: await peer.find() });
    } catch (error) {
      console.log(`${peer.id} is missing: ${reasonOf(error)}`);
      missing.push({ peer: peer.id, reason: reasonOf(error) });
    }
  }
  return { found, missing };
}

/** In one line, without the folders of this machine, since results are shown to others. */
export function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n');
  return line.replaceAll(/\/\S*\//g, '');
}

/** Nobody always comes after the same one. */
export function inTurn<T>(all: readonly T[], round: number): T[] {
  const first = all.length === 0 ? 0 : round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

function say({ work, peer, figure, value }: Sample): void {
  console.log(`  ${peer} ${work}, ${figure}: ${formatFigure(figure, value)}`);
}
