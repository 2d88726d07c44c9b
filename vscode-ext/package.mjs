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
 * Where the folder of README.md will be, for its pictures. No package can bring them itself: an editor shows what comes by
 * https alone, neither files beside the README nor what is written into it, and vsce refuses both.
 */
const address = process.env.FOREBAY_PICTURES_URL;
const folder = await mkdtemp(join(tmpdir(), 'forebay-vsix-'));

try {
  for (const name of packed) {
    const filter = (source) => !source.endsWith('.map');
    await cp(join(here, name), join(folder, name), { recursive: true, filter });
  }
  const readme = await readFile(join(here, 'README.md'), 'utf8');
  // Without an address a picture would be a broken one.
  await writeFile(
    join(folder, 'README.md'),
    address ? readme : readme.replaceAll(/^!\[.*\]\(pictures\/.*\)\n\n/gm, ''),
  );
  const options = ['--no-dependencies', '--allow-missing-repository'];
  if (address) options.push('--baseImagesUrl', address);
  const args = [vsce, 'package', ...options, ...process.argv.slice(2)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  console.log(stdout.trim());
} finally {
  await rm(folder, { recursive: true, force: true });
}
