import type { PackedFile } from '../read/planReads.ts';
import type { Transfer } from '../transfer.ts';
import type { Failure } from './writerTask.ts';

/** Files and bytes of one task: small enough for lively progress and to share among threads. */
const taskFiles = 512;
const taskBytes = 4 * 2 ** 20;

export interface BadFile {
  file: PackedFile;
  problem: string;
}

/** Has the threads decode, hash and write files out of a buffer that begins at `start` of their pack; gives back the bad ones. */
export async function writeBuffer(
  files: PackedFile[],
  start: number,
  { buffer, filled }: { buffer: SharedArrayBuffer; filled: number },
  transfer: Transfer,
): Promise<BadFile[]> {
  const tasks = tasksOf(files).map(async (task) => {
    const items = task.map(({ entry, offset, length, codec }) => ({
      path: entry.path,
      offset: offset - start,
      length,
      codec,
      size: entry.size,
      sha256: entry.sha256,
      mtime: entry.mtime,
      mode: transfer.modeOf(entry),
    }));
    const { pool, folder } = transfer;
    const failures = await pool.run({ kind: 'write', folder, buffer, filled, items });
    return sortOut(task, failures, transfer);
  });
  return (await Promise.all(tasks)).flat();
}

/** Files without a byte have nothing to fetch. */
export async function writeEmpty(files: PackedFile[], transfer: Transfer): Promise<void> {
  await writeBuffer(files, 0, { buffer: new SharedArrayBuffer(0), filled: 0 }, transfer);
}

function tasksOf(files: PackedFile[]): PackedFile[][] {
  const tasks: PackedFile[][] = [];
  let task: PackedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (task.length >= taskFiles || (bytes > 0 && bytes + file.length > taskBytes)) {
      tasks.push(task);
      task = [];
      bytes = 0;
    }
    task.push(file);
    bytes += file.length;
  }
  if (task.length > 0) tasks.push(task);
  return tasks;
}

function sortOut(task: PackedFile[], failures: Failure[], transfer: Transfer): BadFile[] {
  const bad: BadFile[] = [];
  const failed = new Map(failures.map((failure) => [failure.index, failure]));
  for (const [index, file] of task.entries()) {
    const failure = failed.get(index);
    if (failure === undefined) transfer.done(file.entry);
    else if (failure.code === 'damaged') bad.push({ file, problem: failure.message });
    else transfer.refused(failure, file.entry.path);
  }
  return bad;
}
