// Builds dist/: the extension as one CommonJS file, its pages, what draws in notebooks, the icon font, the types of what it exports, and core's bundle, the daemon.
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeDeclarations } from '../tools/declarations/declarations.mjs';
import { buildFont } from './icons/font.mjs';
import { buildPageIcons } from './icons/pageIcons.mjs';
import { lateAxios } from './lateAxios.mjs';

const here = new URL('.', import.meta.url);
const at = (path) => new URL(path, here);

await rm(at('dist'), { recursive: true, force: true });
await mkdir(at('dist'), { recursive: true });
const program = {
  absWorkingDir: fileURLToPath(here),
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  minify: true,
  logLevel: 'warning',
};
// The extension host warns of programs that take a `navigator` for a browser's (axios looks).
const define = { navigator: 'undefined' };
await build({
  ...program,
  entryPoints: ['src/extension.ts'],
  external: ['vscode'],
  sourcemap: true,
  // Core is written as ES modules, which know where they are; in CommonJS `__filename` says it.
  banner: { js: "const forebayModuleUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { ...define, 'import.meta.url': 'forebayModuleUrl' },
  plugins: [lateAxios],
});
await build({
  ...program,
  stdin: { contents: "module.exports = require('axios');", resolveDir: program.absWorkingDir },
  outdir: undefined,
  outfile: 'dist/axios.js',
  define,
});
await build({
  absWorkingDir: fileURLToPath(here),
  entryPoints: ['webview/main.tsx', 'webview/main.css'],
  outdir: 'dist/page',
  bundle: true,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  minify: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
await build({
  absWorkingDir: fileURLToPath(here),
  entryPoints: ['renderer/nothing.ts'],
  outfile: 'dist/renderer.js',
  format: 'esm',
  logLevel: 'warning',
});
await writeFile(at('dist/forebay.woff'), await buildFont());
await buildPageIcons(at('dist/icons/'));
writeDeclarations(fileURLToPath(at('src/exports/ForebayApi.ts')), fileURLToPath(at('dist/forebay.d.ts')));
await cp(at('../core/dist'), at('dist/bundle'), { recursive: true });
await cp(at('bin'), at('dist/bin'), { recursive: true });
await copyFile(at('../LICENSE'), at('LICENSE'));
