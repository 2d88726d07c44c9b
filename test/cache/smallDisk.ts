import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  path: string;
  unmount(): void;
}

/** A tmpfs of its own, so small that it runs out of bytes or inodes. Needs the right to mount. */
export function smallTmpfs(bytes: number, inodes: number): SmallDisk {
  return mountAt((path) => ['-t', 'tmpfs', '-o', `size=${bytes},nr_inodes=${inodes}`, 'tmpfs', path]);
}

/** An ext4 in a file. Needs the right to mount, loop devices and mkfs.ext4. */
export function smallExt4(bytes: number, inodes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'forebay-image-'));
  const image = join(folder, 'image');
  writeFileSync(image, '');
  truncateSync(image, bytes);
  execFileSync('mkfs.ext4', ['-q', '-N', String(inodes), image], {
    env: { PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
  });
  const disk = mountAt((path) => ['-o', 'loop', image, path]);
  return {
    path: disk.path,
    unmount() {
      disk.unmount();
      rmSync(folder, { recursive: true });
    },
  };
}

function mountAt(argumentsFor: (path: string) => string[]): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'forebay-disk-'));
  try {
    execFileSync('mount', argumentsFor(path), { stdio: 'pipe' });
  } catch (error) {
    throw new Error(
      `This test needs the right to mount a small file system, and this machine doesn't give it: run it as root. (${(error as Error).message})`,
    );
  }
  return {
    path,
    unmount() {
      execFileSync('umount', ['-l', path]);
      rmSync(path, { recursive: true });
    },
  };
}
