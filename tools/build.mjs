import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import http from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPackages, workspaceEnv } from './install.mjs';
import { ensurePython } from './python.mjs';
import { main, root, run, stepOnce } from './steps.mjs';

const core = join(root, 'core');
const lab = join(root, 'jupyterlab-ext');
const wheels = join(root, 'dist', 'wheels');

export const bundle = join(core, 'dist', 'forebay.mjs');
export const vsix = join(root, 'dist', 'forebay.vsix');

/**
 * core/dist: command line, daemon and worker threads, which the editors carry. Each loads only what it needs of it: a
 * thread that loads all takes four times as long to begin.
 */
export async function buildBundle() {
  await stepOnce(
    'Building the daemon',
    bundle,
    ['core/src', 'core/package.json', 'package-lock.json', 'tools/build.mjs'],
    async () => {
      const { build, stop } = await import(createRequire(join(root, 'package.json')).resolve('esbuild'));
      await rm(dirname(bundle), { recursive: true, force: true });
      const { version } = createRequire(import.meta.url)(join(core, 'package.json'));
      await build({
        entryPoints: [join(core, 'src', 'main.ts')],
        outdir: dirname(bundle),
        entryNames: 'forebay',
        outExtension: { '.js': '.mjs' },
        bundle: true,
        splitting: true,
        platform: 'node',
        // ES modules first, of which what isn't used is left out: of the S3 client three quarters.
        mainFields: ['module', 'main'],
        target: 'node24',
        format: 'esm',
        minifySyntax: true,
        minifyWhitespace: true,
        legalComments: 'eof',
        define: { FOREBAY_BUNDLED: 'true', FOREBAY_VERSION: JSON.stringify(version) },
        // Packages in CommonJS still call require().
        banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
        plugins: [leanHttp],
        logLevel: 'error',
      });
      // Its service would live as long as this process, which may become JupyterLab's.
      await stop();
    },
  );
}

/**
 * Who imports node:http as an ES module loads Node's whole `fetch` for three of its names: some 25 ms for every command
 * and thread that does.
 */
const leanHttp = {
  name: 'lean-http',
  setup(build) {
    const unused = ['CloseEvent', 'MessageEvent', 'WebSocket'];
    const names = Object.keys(http).filter((name) => !unused.includes(name));
    build.onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'http', namespace: 'lean' } : undefined,
    );
    build.onLoad({ filter: /^http$/, namespace: 'lean' }, () => ({
      contents: `const http = process.getBuiltinModule('node:http');
        export default http;
        export const { ${names.join(', ')} } = http;`,
    }));
  },
};

/** dist/wheels: `forebay` for kernels, `jupyterlab-forebay` for the server. */
export async function buildWheels() {
  await buildBundle();
  const builder = await ensurePython('build', ['jupyter-builder==1.3.0', 'hatchling', 'build']);
  const env = workspaceEnv();
  env.PATH = `${builder.bin}:${env.PATH}`;
  const made = await stepOnce(
    'Building the wheels',
    wheels,
    ['jupyterlab-ext', 'core/src', 'core/ui', 'package-lock.json'],
    async () => {
      const carried = join(lab, 'jupyterlab_forebay', 'bundle');
      await rm(carried, { recursive: true, force: true });
      await cp(dirname(bundle), carried, { recursive: true });
      await run('npm', ['run', 'build', '-w', 'jupyterlab-ext'], { env });
      await rm(wheels, { recursive: true, force: true });
      for (const source of [join(lab, 'kernel'), lab]) {
        await run(builder.python, ['-m', 'build', '--no-isolation', '--wheel', '--outdir', wheels, source], {
          env,
        });
      }
    },
  );
  const names = (await readdir(wheels)).filter((name) => name.endsWith('.whl')).sort();
  return { made, paths: names.map((name) => join(wheels, name)) };
}

/** dist/forebay.vsix */
export async function buildVsix() {
  await buildBundle();
  await stepOnce(
    'Building the VS Code extension',
    vsix,
    ['vscode-ext', 'core/src', 'core/ui', 'tools/declarations', 'package-lock.json'],
    async () => {
      const env = workspaceEnv();
      await mkdir(join(root, 'dist'), { recursive: true });
      await run('npm', ['run', 'build', '-w', 'vscode-ext'], { env });
      await run('npm', ['run', 'package', '-w', 'vscode-ext', '--', '--out', vsix], { env });
    },
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    console.log('Building Forebay');
    await installPackages();
    await buildBundle();
    await buildWheels();
    await buildVsix();
  });
}
