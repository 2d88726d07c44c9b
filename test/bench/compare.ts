import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { node, removeTree } from '../support/home.ts';
import { startSeaweed } from '../support/seaweed.ts';
import type { FileSpec } from './data/files.ts';
import { Sources } from './data/sources.ts';
import { startLink } from './link/link.ts';
import { measureLink } from './link/measureLink.ts';
import type { LinkSpec } from './link/shape.ts';
import type { Sample, Work } from './measure/sample.ts';
import { Stopwatch } from './measure/stopwatch.ts';
import type { Peer, Tool } from './peers/peer.ts';
import { describeMachine } from './report/machine.ts';
import type { Comparison, MeasuredLink } from './report/results.ts';
import { formatFigure } from './report/rows.ts';
import { withBucket } from './store.ts';

export interface CompareOptions {
  setting: string;
  files: FileSpec;
  link: LinkSpec | null;
  rounds: number;
  peers: Peer[];
  only: Work[];
  profile: string | null;
}

interface Found {
  peer: Peer;
  tool: Tool;
}

/** Everybody in turn, several rounds, in the empty folder `at`. */
export async function compare(options: CompareOptions, at: string): Promise<Comparison> {
  const { setting, files, rounds, only } = options;
  const wanted = options.peers.filter(({ does }) => does.some((work) => only.includes(work)));
  const { found, missing } = await findPeers(wanted);
  console.log(`Making ${files.count} files`);
  const sources = new Sources(at, files);
  const seaweed = await startSeaweed();
  const samples: Sample[] = [];
  try {
    const link = await putLink(seaweed.endpoint, options.link);
    try {
      for (let round = 0; round < rounds; round++) {
        for (const { peer, tool } of inTurn(found, round)) {
          console.log(`Round ${round + 1} of ${rounds}: ${peer.id}`);
          const stopwatch = new Stopwatch(peer.id, round, say);
          const folder = join(at, 'peer');
          await mkdir(folder);
          await withBucket(seaweed, link.endpoint, (bucket) =>
            tool.run({
              sources,
              folder,
              bucket,
              stopwatch,
              wants: (...works) => works.some((work) => only.includes(work)),
              profile: options.profile,
            }),
          );
          samples.push(...stopwatch.samples.filter(({ work }) => only.includes(work)));
          await removeTree(folder);
        }
      }
    } finally {
      await link.stop();
    }
    return {
      setting,
      files,
      bytes: sources.bytes,
      link: link.measured,
      rounds,
      when: new Date().toISOString(),
      machine: await describeMachine(at, node),
      versions: [
        { peer: 'SeaweedFS', version: 'SeaweedFS 4.48' },
        ...found.map(({ peer, tool }) => ({ peer: peer.id, version: tool.version })),
      ],
      missing,
      samples,
    };
  } finally {
    await seaweed.stop();
  }
}

/** A peer that isn't there is named, never left out in silence. */
async function findPeers(wanted: Peer[]) {
  const found: Found[] = [];
  const missing: Comparison['missing'] = [];
  for (const peer of wanted) {
    try {
      found.push({ peer, tool: await peer.find() });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.log(`${peer.id} is missing: ${reason}`);
      missing.push({ peer: peer.id, reason });
    }
  }
  return { found, missing };
}

/** Nobody always comes after the same one. */
export function inTurn<T>(all: readonly T[], round: number): T[] {
  const first = all.length === 0 ? 0 : round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

async function putLink(endpoint: string, spec: LinkSpec | null) {
  if (!spec) return { endpoint, measured: null, stop: async () => {} };
  const measured: MeasuredLink = { ...spec, unlimitedBitsPerSecond: await measureLink() };
  return { ...(await startLink(endpoint, spec)), measured };
}

function say({ work, peer, figure, value }: Sample): void {
  console.log(`  ${peer} ${work}, ${figure}: ${formatFigure(figure, value)}`);
}
