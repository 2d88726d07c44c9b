import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { node, root } from '../home.ts';
import { type JupyterLabOptions, jupyterVenv, ownFolders } from './jupyterlab.ts';
import { freePort } from './ports.ts';
import { Server } from './server.ts';

const proxy = join(root, 'node_modules', 'configurable-http-proxy', 'bin', 'configurable-http-proxy');

/**
 * JupyterHub behind its proxy, which speaks HTTPS: whoever logs in, with any password, gets JupyterLab in a process of
 * their own. The certificate is its own: a browser must be told to take it.
 */
export class JupyterHub {
  readonly url: string;
  readonly #server: Server;

  private constructor(url: string, server: Server) {
    this.url = url;
    this.#server = server;
  }

  /** Of `env` people's servers get what is Forebay's, as an administrator hands it on. */
  static async start({ state, workspace, env }: Omit<JupyterLabOptions, 'baseUrl'>): Promise<JupyterHub> {
    const { bin } = await jupyterVenv();
    const url = `https://127.0.0.1:${await freePort()}/`;
    const own = await ownFolders(state);
    const [key, certificate] = await makeCertificate(state);
    const config = join(state, 'jupyterhub_config.json');
    const settings = {
      JupyterHub: {
        authenticator_class: 'dummy',
        bind_url: url,
        cookie_secret_file: join(state, 'cookie_secret'),
        db_url: `sqlite:///${join(state, 'jupyterhub.sqlite')}`,
        hub_port: await freePort(),
        spawner_class: 'simple',
        ssl_cert: certificate,
        ssl_key: key,
      },
      Authenticator: { allow_all: true },
      ConfigurableHTTPProxy: {
        api_url: `http://127.0.0.1:${await freePort()}`,
        command: [node, proxy],
        pid_file: join(state, 'proxy.pid'),
      },
      Spawner: {
        args: ['--allow-root'],
        cmd: [join(bin, 'jupyterhub-singleuser')],
        default_url: '/lab',
        env_keep: ['PATH', 'FOREBAY_HOME', 'XDG_RUNTIME_DIR'],
        environment: own,
      },
      SimpleLocalProcessSpawner: { home_dir_template: workspace },
    };
    await writeFile(config, JSON.stringify(settings));
    const server = await Server.start(join(bin, 'jupyterhub'), ['--config', config], {
      cwd: state,
      env,
      answersAt: `${url}hub/health`,
    });
    return new JupyterHub(url, server);
  }

  get output(): string {
    return this.#server.output;
  }

  /** It ends people's servers and its proxy first. */
  stop(): Promise<void> {
    return this.#server.stop();
  }
}

/** Paths of a key and of a certificate for this machine, signed by that key itself. */
async function makeCertificate(folder: string): Promise<[key: string, certificate: string]> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate];
  const names = ['-days', '1', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  await promisify(execFile)('openssl', [...made, ...names]);
  return [key, certificate];
}
