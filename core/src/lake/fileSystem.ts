import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** `f_type` of statfs(2); the numbers of Linux' `magic.h` and coreutils' `stat.c`. */
const temporary = new Map([
  [0x01021994n, 'tmpfs'],
  [0x858458f6n, 'ramfs'],
  // The writable layer of a container.
  [0x794c7630n, 'overlay'],
  [0x61756673n, 'aufs'],
]);

const nfs = 0x6969n;
const network = new Map([
  [nfs, 'NFS'],
  [0x517bn, 'SMB'],
  [0xff534d42n, 'CIFS'],
  [0xfe534d42n, 'SMB 2'],
  // sshfs, s3fs, virtiofs, gcsfuse
  [0x65735546n, 'FUSE'],
  [0x0bd00bd0n, 'Lustre'],
  [0x47504653n, 'GPFS'],
  [0x00c36400n, 'Ceph'],
  [0x01021997n, '9p'],
  [0x19830326n, 'BeeGFS'],
  [0xaad7aaean, 'PanFS'],
  [0x5346414fn, 'AFS'],
  [0x6b414653n, 'kAFS'],
  [0x01161970n, 'GFS2'],
  [0x7461636fn, 'OCFS2'],
  [0x786f4256n, "VirtualBox' shared folders"],
]);

const local = new Map([
  [0xef53n, 'ext4'],
  [0x58465342n, 'XFS'],
  [0x9123683en, 'btrfs'],
  [0x2fc12fc1n, 'ZFS'],
  [0xf2f52010n, 'F2FS'],
  [0xca451a4en, 'bcachefs'],
  [0x4d44n, 'FAT'],
  [0x2011bab0n, 'exFAT'],
  [0x5346544en, 'NTFS'],
]);

/**
 * True where what is written does not outlive a reboot or its container: tmpfs, ramfs, and a container's overlay or aufs.
 * A path that doesn't exist yet is judged by the nearest folder above it. Always false outside Linux.
 */
export async function isTemporary(path: string): Promise<boolean> {
  return temporary.has(await fileSystemType(path));
}

/** True where several machines may see the same files (NFS, SMB, FUSE, Lustre, ...): SQLite's WAL fails there. */
export async function isNetworkFileSystem(path: string): Promise<boolean> {
  return network.has(await fileSystemType(path));
}

/** Whose clients go on using for a while what they know of a file or folder: see nfs(5), Attribute caching. */
export async function isNfs(path: string): Promise<boolean> {
  return (await fileSystemType(path)) === nfs;
}

/** What people call it: 'ext4', 'NFS'; null for what isn't known, and outside Linux. */
export async function fileSystemName(path: string): Promise<string | null> {
  const type = await fileSystemType(path);
  return temporary.get(type) ?? network.get(type) ?? local.get(type) ?? null;
}

async function fileSystemType(path: string): Promise<bigint> {
  if (process.platform !== 'linux') return 0n;
  for (let at = resolve(path); ; at = dirname(at)) {
    try {
      return (await statfs(at, { bigint: true })).type & 0xffffffffn;
    } catch {
      if (at === dirname(at)) return 0n;
    }
  }
}
