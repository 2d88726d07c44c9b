/**
 * Folders of one of a process' control groups: its own first, then those around it, up to the top that can be seen from
 * here. What limits one of them limits all within.
 */
export interface Groups {
  version: 1 | 2;
  /** Its own name, as the kernel has it. */
  group: string;
  folders: string[];
}

/** Controllers of version 1; version 2 has the first two, and what the third counts stands with the second. */
export type Controller = 'memory' | 'cpu' | 'cpuacct';

/**
 * Where a process is: `memberships` is its /proc/PID/cgroup (cgroups(7)), `mounts` its /proc/PID/mountinfo (proc(5)). A
 * container often sees only its own group, as the top of the mount: the part that it can't see is left out.
 */
export function locate(controller: Controller, memberships: string, mounts: string): Groups | undefined {
  const members = memberships.split('\n').map((line) => /^(\d+):([^:]*):(.*)$/.exec(line)?.slice(1) ?? []);
  const all = mounts.split('\n').flatMap(mountOf);
  const own = members.find(([, controllers = '']) => controllers.split(',').includes(controller));
  if (own) {
    const mount = all.find(({ type, options }) => type === 'cgroup' && options.includes(controller));
    if (mount) return { version: 1, ...placed(mount, own[2]) };
  }
  const unified = members.find(([number]) => number === '0');
  const mount = all.find(({ type }) => type === 'cgroup2');
  return unified && mount ? { version: 2, ...placed(mount, unified[2]) } : undefined;
}

interface Mount {
  /** The group that is seen as the mount's top. */
  root: string;
  point: string;
  type: string;
  options: string[];
}

/** `36 35 98:0 /root /point rw,noatime master:1 - cgroup cgroup rw,memory`. */
function mountOf(line: string): Mount[] {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , root, point] = before.split(' ');
  const [type, , options = ''] = after.split(' ');
  if (root === undefined || point === undefined || !type?.startsWith('cgroup')) return [];
  return [{ root: unescaped(root), point: unescaped(point), type, options: options.split(',') }];
}

/** Spaces and the like stand as octal numbers. */
const unescaped = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

const placed = (mount: Mount, group = '/') => ({ group, folders: foldersOf(mount, group) });

function foldersOf({ root, point }: Mount, group: string): string[] {
  const top = root === '/' ? '' : root;
  const outside = group.split('/').includes('..') || !(group === top || group.startsWith(`${top}/`));
  const parts = outside ? [] : group.slice(top.length).split('/').filter(Boolean);
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    [point, ...parts.slice(0, parts.length - up)].join('/'),
  );
}
