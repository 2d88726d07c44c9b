import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ForebayError } from '../../api/errors.ts';
import type { Selection } from '../../api/schemas.ts';
import { reserved } from '../manifest/path.ts';
import { namePattern, randomName } from '../names.ts';
import { SelectionJson } from '../selection.ts';

/** What a folder that is a dataset's working copy remembers, in `.forebay/working-copy.json` at its top. */
export interface WorkingCopyState {
  /** The lake's id. */
  lake: string;
  dataset: { id: string; name: string };
  /** The version that the folder was last the same as; 0: none. */
  base: number;
  /** Of a working copy of a part: which. What is outside stays in every version as it is. */
  selection?: Selection;
  /** Ids of commit records that were sent and whose answer is not known. */
  pending: string[];
}

const StateJson = z.looseObject({
  // 2: has a selection, which a program that doesn't know it must not take for removals.
  format: z.union([z.literal(1), z.literal(2)]),
  lake: z.string().regex(namePattern),
  dataset: z.looseObject({ id: z.string().regex(namePattern), name: z.string() }),
  base: z.number().int().nonnegative(),
  selection: SelectionJson.optional(),
  pending: z.array(z.string()),
});

export const stateFile = (folder: string) => join(folder, reserved, 'working-copy.json');
export const recordedFile = (folder: string) => join(folder, reserved, 'index');

/** Throws `folder-unknown`, `not-a-working-copy`. */
export async function readWorkingCopy(folder: string): Promise<WorkingCopyState> {
  const state = await findWorkingCopy(folder);
  if (state) return state;
  throw new ForebayError(
    'not-a-working-copy',
    `${folder} isn't a dataset's working copy.`,
    'Make it one with `forebay data init NAME`, or get one with `forebay data clone NAME`.',
  );
}

/** Undefined where the folder is no working copy. Throws `folder-unknown`, or `damaged` for a state it can't read. */
export async function findWorkingCopy(folder: string): Promise<WorkingCopyState | undefined> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new ForebayError('folder-unknown', `There is no folder ${folder}.`);
  let text: string;
  try {
    text = await readFile(stateFile(folder), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const why = code === 'EACCES' || code === 'EPERM' ? 'you may not read it' : code;
    throw new ForebayError(
      'file-unreadable',
      `${stateFile(folder)} can't be read: ${why}.`,
      'Change the permissions of the folder so that you can read it.',
    );
  }
  try {
    const { lake, dataset, base, selection, pending } = StateJson.parse(JSON.parse(text));
    const state = { lake, dataset: { id: dataset.id, name: dataset.name }, base, pending };
    return selection ? { ...state, selection } : state;
  } catch (cause) {
    throw new ForebayError(
      'damaged',
      `${stateFile(folder)} can't be read.`,
      `Remove ${join(folder, reserved)} and run \`forebay data init NAME\` again; no file of yours is in it.`,
      { cause },
    );
  }
}

/** Whole or not at all, and on disk when it resolves. */
export async function writeWorkingCopy(folder: string, state: WorkingCopyState): Promise<void> {
  const { lake, dataset, base, selection, pending } = state;
  const format = selection ? 2 : 1;
  await writeReserved(
    folder,
    stateFile(folder),
    Buffer.from(`${JSON.stringify({ format, lake, dataset, base, selection, pending })}\n`),
  );
}

/** Writes a file of `.forebay/`, whole or not at all. Throws `no-space`, `file-unreadable`. */
export async function writeReserved(folder: string, file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${randomName()}`;
  try {
    await mkdir(join(folder, reserved), { recursive: true });
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(file, error);
  }
}

/** Removes what a killed process was writing; nobody needs more than an hour for one file. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(join(folder, reserved)).catch(() => []);
  const old = Date.now() - 3_600_000;
  for (const name of names.filter((each) => /\.[a-z2-7]{26}$/.test(each))) {
    const file = join(folder, reserved, name);
    const found = await stat(file).catch(() => undefined);
    if (found && found.mtimeMs < old) await rm(file, { force: true });
  }
}

/** The time by the folder's own file system, in milliseconds. */
export async function fileSystemTime(folder: string): Promise<number> {
  const file = join(folder, reserved, 'clock');
  try {
    await mkdir(join(folder, reserved), { recursive: true });
    await writeFile(file, String(Date.now()));
    return (await stat(file)).mtimeMs;
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** What the file system refused, while writing a file of `.forebay/`, as a sentence. */
export function unwritable(file: string, cause: unknown): ForebayError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ForebayError('no-space', `There is no room left on the disk for ${file}.`, undefined, {
      cause,
    });
  }
  return new ForebayError(
    'file-unreadable',
    `${file} can't be written: ${code ?? cause}.`,
    'A working copy keeps its state there: make its folder writable for you.',
    { cause },
  );
}
