import type { Lake } from '../../lake/lake.ts';
import type { FileEntry } from '../entry.ts';
import type { VersionRecord } from '../history.ts';
import { memberName } from '../pack/memberNames.ts';
import { type Member, memberLength, trailer } from '../pack/tar.ts';
import { LeafWalk } from '../rewrite/leaves.ts';
import type { PackPart } from '../rewrite/moves.ts';

/** A part that a listed version refers to, with the first file that does. */
export interface LivePart {
  part: PackPart;
  /** Its name in a pack. */
  member: Member;
  /** Of its content, hex; undefined where only the hash of a whole file of several parts is known. */
  sha256: string | undefined;
  /** The file whose content it belongs to. */
  file: FileEntry;
}

/** What is in use of some packs. Memory is a line for each part in them. */
export async function livePartsOf(
  lake: Lake,
  datasetId: string,
  versions: readonly VersionRecord[],
  packs: ReadonlyMap<string, unknown>,
  signal: AbortSignal,
  done: (versions: number) => void,
): Promise<Map<string, LivePart[]>> {
  const live = new Map<string, Map<string, LivePart>>();
  const walk = new LeafWalk(lake, datasetId);
  for (const [at, { root }] of versions.entries()) {
    for await (const entries of walk.leavesOf(root, signal)) {
      for (const file of entries) {
        if (file.kind !== 'file') continue;
        for (const [number, part] of file.parts.entries()) {
          if (!('pack' in part) || !packs.has(part.pack)) continue;
          const known = live.get(part.pack) ?? new Map<string, LivePart>();
          live.set(part.pack, known);
          const place = `${part.offset}:${part.length}`;
          if (!known.has(place)) known.set(place, livePart(file, part, number));
        }
      }
    }
    done(at + 1);
  }
  return new Map([...live].map(([pack, parts]) => [pack, [...parts.values()]]));
}

function livePart(file: FileEntry, part: PackPart, number: number): LivePart {
  const { executable, mtime } = file;
  const whole = file.parts.length === 1;
  const path = memberName(file, part.codec, number);
  const sha256 = whole ? (file.sha256 ?? undefined) : part.sha256;
  return { part, member: { path, size: part.length, executable, mtime }, sha256, file };
}

/** Of the parts in a pack of their own, bytes. */
export function packedSize(parts: readonly LivePart[]): number {
  return parts.reduce((sum, { member }) => sum + memberLength(member.path, member.size), trailer);
}
