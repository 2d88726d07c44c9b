import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LineageArtifact } from '../../api/index.ts';
import { listArtifacts } from '../artifact/files.ts';
import { artifactFolder, artifactPath, recordPlaceOf } from '../artifact/place.ts';

/** What a runner keeps beside a run's own artifacts: code and environment. */
const ownFolder = 'forebay';

/** How many files may still be looked at while somebody waits for one answer. */
export interface Patience {
  files: number;
}

/** What lies at the top of a run's artifacts, folders with all that they hold; of one whose artifacts lie elsewhere, what its runner kept. */
export async function topArtifacts(
  folder: string,
  run: { id: string; artifact_uri: string },
  patience: Patience,
): Promise<LineageArtifact[]> {
  const root = artifactPath(artifactFolder(folder), recordPlaceOf(run));
  const found: LineageArtifact[] = [];
  for (const { name, isFolder, bytes } of await listArtifacts(root, '')) {
    if (name === ownFolder) continue;
    found.push({
      ...{ kind: 'artifact', id: `${run.id}/${name}`, path: name, folder: isFolder },
      bytes: isFolder ? await bytesBelow(path.join(root, name), patience) : bytes,
    });
  }
  return found;
}

/** Null where there are more files than anybody waits for; links are not followed. */
async function bytesBelow(top: string, patience: Patience): Promise<number | null> {
  const folders = [top];
  let total = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    // One that was deleted meanwhile holds nothing.
    for await (const entry of (await opendir(folder).catch(() => undefined)) ?? []) {
      patience.files -= 1;
      if (patience.files < 0) return null;
      const place = path.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(place);
      else if (entry.isFile()) total += (await stat(place).catch(() => undefined))?.size ?? 0;
    }
  }
  return total;
}
