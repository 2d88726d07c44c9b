import { statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { WorkingCopyStatus } from '../../api/index.ts';
import type { FolderLook } from '../../dataset/preview/look.ts';
import { Ignored, ignoreFile, isLeftOut } from '../../dataset/scan/ignored.ts';
import { pathIn } from '../../dataset/scan/run.ts';
import { recordedFile } from '../../dataset/workingCopy/workingCopy.ts';
import type { HubContext } from '../context.ts';
import type { LookTask } from '../jobs/task.ts';
import { readFolder, realFolder } from './folder.ts';
import { Looks } from './looks.ts';

/** Bytes of the index of a folder, about 60 a file, beyond which it is looked at only when somebody asks for it. */
const largeIndex = 12e6;
/** Children of the shown folder that are tried against ignore files. */
const triedMost = 5000;

/** Files beyond which a folder without such an index isn't looked at further. */
const filesMost = 200_000;

const looks = new Looks<FolderLook | null>();

export interface StatusQuery {
  folder: string;
  /** However many files there are. */
  large: boolean;
  /** How many changes to tell by path. */
  changes: number;
}

/** How a working copy stands; `signal` is aborted when the one who asks has gone. */
export async function statusOf(
  hub: HubContext,
  { folder: asked, large, changes: changesMost }: StatusQuery,
  signal: AbortSignal,
): Promise<WorkingCopyStatus> {
  const [shown, copy] = await Promise.all([realFolder(asked), readFolder(hub, asked)]);
  const { folder, dataset, base } = copy;
  const inside = relative(folder, shown).split(sep).join('/');
  const { history } = await hub.catalog.dataset(dataset);
  const last = history.versions.at(-1);
  const newest =
    last && last.version > base
      ? { version: last.version, author: last.author, time: last.time, message: last.message }
      : null;
  const names = new Set(await ignoredIn(folder, inside, shown));
  const ignored = Array.from(names, (name) => ({ name, is: 'ignored' as const, count: 0 }));
  const index = await stat(recordedFile(folder)).catch(() => undefined);
  const tooMany = !large && (index?.size ?? 0) > largeIndex;
  const most = large ? null : filesMost;
  const found = tooMany
    ? null
    : await look(hub, { folder, shown: inside, filesMost: most, changesMost }, signal);
  if (!found) {
    const counts = { added: 0, changed: 0, removed: 0 };
    return { folder, inside, dataset, base, large: true, ...counts, newest, items: ignored, changes: [] };
  }
  const { items, ...counts } = found;
  const others = items.filter(({ name }) => !names.has(name));
  return {
    ...{ folder, inside, dataset, base, large: false, newest, ...counts },
    items: [...others, ...ignored],
  };
}

/** Null: too many files. */
async function look(
  hub: HubContext,
  what: Pick<LookTask, 'folder' | 'shown' | 'filesMost' | 'changesMost'>,
  gone: AbortSignal,
): Promise<FolderLook | null> {
  const { location: lake, id: lakeId } = await hub.lakes.opened();
  const begin = (signal: AbortSignal) =>
    hub.runTask(
      { kind: 'look', lake, lakeId, ...what },
      { signal, report: () => undefined },
    ) as Promise<FolderLook | null>;
  return looks.look(JSON.stringify(what), begin, gone);
}

/** Names in the shown folder that a scan leaves out. */
async function ignoredIn(top: string, inside: string, shown: string): Promise<string[]> {
  const steps = inside === '' ? [] : inside.split('/');
  const folders = ['', ...steps.map((_, nth) => steps.slice(0, nth + 1).join('/'))];
  let ignored: Ignored | undefined;
  for (const folder of folders) {
    const file = statSync(join(top, folder, ignoreFile), { throwIfNoEntry: false });
    if (file?.isFile()) ignored = Ignored.read(top, folder, ignored);
  }
  const rules = ignored;
  const children = await readdir(shown, { withFileTypes: true });
  return children
    .slice(0, triedMost)
    .filter((child) => isLeftOut(rules, pathIn(inside, child.name), child.name, child.isDirectory()))
    .map(({ name }) => name);
}
