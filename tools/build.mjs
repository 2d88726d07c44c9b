import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPackages, workspaceEnv } from './install.mjs';
import { ensurePython } from './python.mjs';
import { main, root, run, stepOnce } from './steps.mjs';

const core = join(root, 'core');
const lab = join(root, 'jupyterlab-ext');
const wheels = join(root, 'dist', 'wheels');

export const bundle = join(core, 'dist', 'forebay.mjs');
export const vsix = join(root, 'dist', 'forebay.vsix');

/** core/dist/forebay.mjs: command line, daemon and worker threads in one file, which the editors carry. */
export async function buildBundle() {
  await stepOnce(
    'Building the daemon',
    bundle,
    ['core/src', 'core/package.json', 'package-lock.json'],
    async () => {
      const { build, stop } = await import(createRequire(join(root, 'package.json')).resolve('esbuild'));
      const { version } = createRequire(import.meta.url)(join(core, 'package.json'));
      await build({
        entryPoints: [join(core, 'src', 'main.ts')],
        outfile: bundle,
        bundle: true,
        platform: 'node',
        target: 'node24',
        format: 'esm',
        minifySyntax: true,
        minifyWhitespace: true,
        legalComments: 'linked',
        define: { FOREBAY_BUNDLED: 'true', FOREBAY_VERSION: JSON.stringify(version) },
        // Packages in CommonJS still call require().
        banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
        logLevel: 'error',
      });
      // Its service would live as long as this process, which may become JupyterLab's.
      await stop();
    },
  );
}

/** dist/wheels: `forebay` for kernels, `jupyterlab-forebay` for the server. */
export async function buildWheels() {
  await buildBundle();
  const builder = await ensurePython('build', ['jupyter-builder==1.3.0', 'hatchling', 'build']);
  const env = workspaceEnv();
  env.PATH = `${builder.bin}:${env.PATH}`;
  const made = await stepOnce(
    'Building the wheels',
    wheels,
    ['jupyterlab-ext', 'core/src', 'package-lock.json'],
    async () => {
      await mkdir(join(lab, 'jupyterlab_forebay', 'bundle'), { recursive: true });
      for (const name of ['forebay.mjs', 'forebay.mjs.LEGAL.txt']) {
        await cp(join(core, 'dist', name), join(lab, 'jupyterlab_forebay', 'bundle', name));
      }
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
    ['vscode-ext', 'core/src', 'package-lock.json'],
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
