import { appendFile, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Home, program, root } from './home.ts';

/** The same program as another release would be built: only its version differs. */
export async function release(home: Home, version: string): Promise<Home> {
  const folder = home.path(`forebay-${version}`);
  const { version: here } = JSON.parse(await readFile(join(root, 'core', 'package.json'), 'utf8'));
  await cp(dirname(program), folder, { recursive: true });
  const chunks = (await readdir(folder)).map((name) => join(folder, name));
  const texts = await Promise.all(chunks.map((chunk) => readFile(chunk, 'utf8')));
  const saying = texts.filter((text) => text.includes(`"${here}"`)).length;
  if (saying !== 1) throw new Error(`${saying} files of the program say that it is ${here}, not one.`);
  for (const [i, text] of texts.entries()) {
    await writeFile(chunks[i] as string, text.replaceAll(`"${here}"`, `"${version}"`));
  }
  // What a build does by naming its files by their content.
  await appendFile(join(folder, 'forebay.mjs'), `// ${version}`);
  return new Home(home.folder, {}, join(folder, 'forebay.mjs'));
}
