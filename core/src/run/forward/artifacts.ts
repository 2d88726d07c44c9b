import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { findArtifacts } from '../artifact/files.ts';
import { artifactFolder, artifactPath, placeOf } from '../artifact/place.ts';
import { artifactRoot } from '../experiments.ts';
import type { RunDatabase } from '../store/open.ts';
import { type MlflowServer, ServerRefusal } from './server.ts';

/** What the server said of files that it refused, by place, size and time: they aren't sent again. */
export type Refusals = Map<string, string>;

/** Where that lies which is sent. */
export interface Place {
  db: RunDatabase;
  /** Where artifacts lie; absolute. */
  folder: string;
  refusals: Refusals;
}

/**
 * Sends files of a run or a model that aren't on the server yet, by size and time. Answers with a sentence where that server keeps its
 * artifacts where only its clients can write, or takes not all of them: what it refuses keeps back nothing else.
 */
export async function sendArtifacts(
  { db, folder, refusals }: Place,
  server: MlflowServer,
  owner: { id: string; artifact_uri: string },
  remoteUri: string,
): Promise<string | null> {
  if (!owner.artifact_uri.startsWith(artifactRoot)) return null;
  const top = artifactPath(artifactFolder(folder), placeOf(owner.artifact_uri));
  const files = await findArtifacts(top, '');
  if (files.length === 0) return null;
  const place = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.*)$/.exec(remoteUri)?.[1];
  if (place === undefined) {
    return `Its files are not sent: that server keeps them in ${remoteUri}, where only its own clients can write.`;
  }
  const known = await stampsOf(db, owner.id);
  const refused: string[] = [];
  for (const { path } of files) {
    const { size, mtimeMs } = await stat(join(top, path));
    const stamp = `${size} ${mtimeMs}`;
    if (known.get(path) === stamp) continue;
    const key = `${place}/${path} ${stamp}`;
    const says = refusals.get(key) ?? (await refusalOf(server, join(top, path), `${place}/${path}`, size));
    if (says !== null) {
      refusals.set(key, says);
      refused.push(`${path} (${says})`);
      continue;
    }
    await db
      .insertInto('forwarded_file')
      .values({ owner_id: owner.id, path, stamp })
      .onConflict((conflict) => conflict.columns(['owner_id', 'path']).doUpdateSet({ stamp }))
      .execute();
  }
  if (refused.length === 0) return null;
  const others = refused.length > 1 ? ` and ${refused.length - 1} more` : '';
  return `Not all of its files are there: ${refused[0]}${others}.`;
}

/** Sends a file; what the server says against it, or null. */
async function refusalOf(
  server: MlflowServer,
  file: string,
  place: string,
  bytes: number,
): Promise<string | null> {
  const content = createReadStream(file);
  try {
    await server.putArtifact(place, Readable.toWeb(content) as ReadableStream, bytes);
    return null;
  } catch (error) {
    if (error instanceof ServerRefusal) return error.message;
    throw error;
  } finally {
    // A refusal may come long before the file's end.
    content.destroy();
  }
}

async function stampsOf(db: RunDatabase, owner: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('forwarded_file').selectAll().where('owner_id', '=', owner).execute();
  return new Map(rows.map(({ path, stamp }) => [path, stamp]));
}
