import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder as plain lines (`path kind executable content-hash`), so that two trees compare byte for byte. */
export async function fingerprint(folder: string): Promise<string[]> {
  const lines: string[] = [];
  const visit = async (at: string, prefix: string): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true });
    if (entries.length === 0 && prefix) lines.push(`${prefix} folder`);
    for (const entry of entries) {
      if (prefix === '' && entry.name === '.forebay') continue;
      const path = join(at, entry.name);
      const name = prefix ? `${prefix}/${entry.name}` : entry.name;
      if (entry.isDirectory()) await visit(path, name);
      else if (entry.isSymbolicLink()) lines.push(`${name} link ${await readlink(path)}`);
      else {
        const hash = createHash('sha256')
          .update(await readFile(path))
          .digest('hex');
        lines.push(`${name} file ${((await stat(path)).mode & 0o100) !== 0} ${hash}`);
      }
    }
  };
  await visit(folder, '');
  return lines.sort();
}

/** Deterministic random numbers in [0, 1) (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` incompressible files of `min` to `max` bytes in folders of 500, the same for the same seed. */
export async function generate(
  folder: string,
  { count, min, max, seed = 1 }: { count: number; min: number; max: number; seed?: number },
): Promise<{ files: number; bytes: number }> {
  const random = seeded(seed);
  const pool = Buffer.alloc(1 << 20);
  for (let at = 0; at < pool.length; at += 4) pool.writeUInt32LE((random() * 2 ** 32) >>> 0, at);
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const inside = join(folder, `part-${String(Math.floor(index / 500)).padStart(4, '0')}`);
    if (index % 500 === 0) await mkdir(inside, { recursive: true });
    const size = min + Math.floor(random() * (max - min + 1));
    const at = Math.floor(random() * (pool.length - size));
    const body = Buffer.from(pool.subarray(at, at + size));
    if (size >= 8) body.writeUInt32LE(index, 0);
    await writeFile(join(inside, `${String(index).padStart(6, '0')}.bin`), body);
    bytes += size;
  }
  return { files: count, bytes };
}
