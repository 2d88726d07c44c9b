import type { Job } from '../api/schemas.ts';

/** How far a job is, as the protocol says it: by bytes, or by files where bytes are unknown. */
export function progressOf({ title, progress }: Job): { progress: number; total?: number; message: string } {
  const { bytes, bytesTotal, files, filesTotal, phase } = progress;
  const message = `${title}: ${phase}`;
  if (bytesTotal !== null) return { progress: bytes, total: bytesTotal, message };
  return filesTotal === null ? { progress: files, message } : { progress: files, total: filesTotal, message };
}
