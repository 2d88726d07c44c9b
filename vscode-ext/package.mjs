// Packs dist/ and what goes with it as a .vsix, from a folder that holds nothing else: `node package.mjs --out FILE`.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const here = import.meta.dirname;
const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
const packed = ['package.json', 'LICENSE', 'CHANGELOG.md', 'media', 'dist'];
const folder = await mkdtemp(join(tmpdir(), 'forebay-vsix-'));

try {
  for (const name of packed) {
    const filter = (source) => !source.endsWith('.map');
    await cp(join(here, name), join(folder, name), { recursive: true, filter });
  }
  await writeFile(join(folder, 'README.md'), await readmeWithPictures());
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  const args = [vsce, 'package', ...options, ...process.argv.slice(2)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  console.log(stdout.trim());
} finally {
  await rm(folder, { recursive: true, force: true });
}

/**
 * An editor shows no picture that lies beside the README, only what comes by https or stands in the text itself: so the
 * pictures are put into it, and it needs no address.
 */
async function readmeWithPictures() {
  const text = await readFile(join(here, 'README.md'), 'utf8');
  const names = [...text.matchAll(/\]\((pictures\/[\w-]+\.png)\)/g)].map((match) => match[1]);
  const pictures = new Map();
  for (const name of names) pictures.set(name, await readFile(join(here, name), 'base64'));
  return text.replaceAll(
    /\]\((pictures\/[\w-]+\.png)\)/g,
    (_, name) => `](data:image/png;base64,${pictures.get(name)})`,
  );
}
