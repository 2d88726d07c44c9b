import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import forebay from '../../jupyterlab-ext/package.json' with { type: 'json' };
// @ts-expect-error The tools are plain JavaScript, since Node 20 runs them before anything is installed.
import { extensionBuilder } from '../../tools/build.mjs';
// @ts-expect-error As above.
import { workspaceEnv } from '../../tools/install.mjs';
import { root } from '../support/home.ts';

const run = promisify(execFile);

/**
 * `forebay-count`, built as its author would: against the npm package that Forebay publishes, and nothing else of it.
 * `into` is a folder of labextensions that JupyterLab looks in. The answer: which packages the declarations import.
 */
export async function buildOtherExtension(into: string): Promise<string[]> {
  const work = join(root, 'test', '.cache', 'forebay-count');
  await rm(work, { recursive: true, force: true });
  await cp(join(import.meta.dirname, 'extension'), work, { recursive: true });
  const published = join(work, 'node_modules', 'jupyterlab-forebay');
  await mkdir(published, { recursive: true });
  const pack = join(root, 'dist', `jupyterlab-forebay-${forebay.version}.tgz`);
  await run('tar', ['-xzf', pack, '-C', published, '--strip-components=1']);
  const env = workspaceEnv();
  await run('tsc', ['-p', work], { env });
  const { bin } = await extensionBuilder();
  await run(join(bin, 'jupyter-builder'), ['build', work], { env });
  await cp(join(work, 'labextension'), join(into, 'forebay-count'), { recursive: true });
  const declarations = await readFile(join(published, 'lib', 'index.d.ts'), 'utf8');
  return [...declarations.matchAll(/ from '([^']+)'/g)].map(([, name = '']) => name);
}
