import type { ReadableStream } from 'node:stream/web';
import type { Tracking } from '../mlflow/handler.ts';
import type { RecordedFile } from '../recordedFile.ts';
import { readRun } from '../runs.ts';
import { writeArtifact } from './files.ts';
import { artifactFolder, artifactPath, recordPlaceOf } from './place.ts';

/** What a run keeps of itself, among its artifacts. */
export async function keepFiles(
  { db, folder }: Pick<Tracking, 'db' | 'folder'>,
  runId: string,
  files: readonly RecordedFile[],
): Promise<void> {
  const run = await readRun(db, runId);
  const root = artifactPath(artifactFolder(folder), recordPlaceOf(run));
  for (const { path, bytes } of files) {
    await writeArtifact(root, path, new Blob([bytes as Uint8Array<ArrayBuffer>]).stream() as ReadableStream);
  }
}
