import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import os from 'node:os';
import { run } from '../measure/stopwatch.ts';

/** What the figures depend on; nothing that names the machine. */
export interface Machine {
  processor: string;
  cores: number;
  memoryBytes: number;
  system: string;
  fileSystem: string;
  node: string;
}

export async function describeMachine(folder: string, node: string): Promise<Machine> {
  const cpus = os.cpus();
  const type = (await run('df', ['--output=fstype', folder])).trim().split('\n')[1];
  const { bsize, blocks } = await statfs(folder);
  return {
    processor: cpus[0]?.model.trim() || os.arch(),
    cores: cpus.length,
    memoryBytes: os.totalmem(),
    system: `${distribution()}, Linux ${os.release().split('-')[0]}`,
    fileSystem: `${type} of ${Math.round((bsize * blocks) / 1e9)} GB`,
    node: (await run(node, ['--version'])).trim(),
  };
}

function distribution(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  } catch {
    return 'Linux';
  }
}
