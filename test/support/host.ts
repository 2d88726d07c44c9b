import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { Home, node, type Outcome, outcome } from './home.ts';

/**
 * Another host on this machine: its own name, /var/tmp and runtime directory (UTS and mount namespaces),
 * sharing a home directory that looks like a network file system (bindfs is FUSE).
 */
export class Host extends Home {
  private readonly holder: ChildProcess;

  private constructor(folder: string, env: NodeJS.ProcessEnv, holder: ChildProcess) {
    super(folder, env);
    this.holder = holder;
  }

  static async start(name: string, folder: string, sharedHome: string): Promise<Host> {
    mkdirSync(folder, { recursive: true });
    mkdirSync(`${folder}/run`, { mode: 0o700 });
    const script = `hostname ${name} && mount -t tmpfs tmpfs /var/tmp && echo ready && exec sleep infinity`;
    const holder = spawn('unshare', ['--uts', '--mount', 'sh', '-c', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout as NodeJS.ReadableStream, 'data');
    return new Host(folder, { FOREBAY_HOME: sharedHome }, holder);
  }

  override spawn(args: string[]): ChildProcess {
    const command = ['-t', String(this.holder.pid), '-u', '-m', node, this.program, ...args];
    return spawn('nsenter', command, { cwd: this.folder, env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** A command on this host, outside Forebay. */
  execute(command: string, ...args: string[]): Promise<Outcome> {
    const inside = ['-t', String(this.holder.pid), '-u', '-m', command, ...args];
    return outcome(spawn('nsenter', inside, { stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  async stop(): Promise<void> {
    await this.run('down');
    this.holder.kill('SIGKILL');
  }
}

/** Shows `real` at `shown` through FUSE; answers how to take it away. */
export function networkFolder(real: string, shown: string): () => void {
  mkdirSync(real, { recursive: true });
  mkdirSync(shown, { recursive: true });
  execFileSync('bindfs', [real, shown]);
  return () => execFileSync('fusermount', ['-u', shown]);
}
