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
/**
 * Where the folder of README.md will be, for its pictures: the Marketplace takes only what comes by https. Without it they
 * are within the README: an editor shows that too, but no file of the package.
 */
const address = process.env.FOREBAY_PICTURES_URL;
const folder = await mkdtemp(join(tmpdir(), 'forebay-vsix-'));

try {
  for (const name of packed) {
    const filter = (source) => !source.endsWith('.map');
    await cp(join(here, name), join(folder, name), { recursive: true, filter });
  }
  const readme = await readFile(join(here, 'README.md'), 'utf8');
  await writeFile(join(folder, 'README.md'), address ? readme : await withPictures(readme));
  const pictures = address ? ['--baseImagesUrl', address] : ['--no-rewrite-relative-links'];
  const options = ['--no-dependencies', '--allow-missing-repository', ...pictures];
  const args = [vsce, 'package', ...options, ...process.argv.slice(2)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  console.log(stdout.trim());
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function withPictures(text) {
  const parts = await Promise.all(
    text.split(/(?<=\]\()(pictures\/[^)]+\.png)(?=\))/).map(async (part, at) => {
      if (at % 2 === 0) return part;
      return `data:image/png;base64,${await readFile(join(here, part), 'base64')}`;
    }),
  );
  return parts.join('');
}
