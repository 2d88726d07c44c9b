import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VersionStatistics } from '../../api/index.ts';
import { randomName } from '../../dataset/names.ts';

/** Versions whose statistics are kept in the home, some kilobytes each. */
const most = 300;
/** What was worked out by other rules is worked out again. */
const rules = 1;

const fileOf = (home: string, digest: string) =>
  join(home, 'statistics', `${digest.replace(/^sha256:/, '')}.${rules}.json`);

/** What was worked out before of a version with this digest; undefined for nothing that can be read. */
export async function keptStatistics(home: string, digest: string): Promise<VersionStatistics | undefined> {
  try {
    const parsed = VersionStatistics.safeParse(JSON.parse(await readFile(fileOf(home, digest), 'utf8')));
    return parsed.data;
  } catch {
    return undefined;
  }
}

export async function keepStatistics(home: string, digest: string, found: VersionStatistics): Promise<void> {
  const folder = join(home, 'statistics');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `${randomName()}.tmp`);
  await writeFile(unfinished, JSON.stringify(found), { mode: 0o600 });
  await rename(unfinished, fileOf(home, digest));
  const names = await readdir(folder);
  if (names.length <= most) return;
  const aged = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(folder, name))).mtimeMs })),
  );
  aged.sort((a, b) => a.time - b.time);
  for (const { name } of aged.slice(0, names.length - most)) await rm(join(folder, name), { force: true });
}
