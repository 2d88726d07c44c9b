import { mkdir, writeFile } from 'node:fs/promises';
import { pageIcons } from './pages.mts';

/** VS Code takes a tab's icon as two files: by VS Code's own icon colour on light and on dark. */
const themes = { light: '#424242', dark: '#c5c5c5' };

/** `dataset-light.svg` and the like, in a folder. */
export async function buildPageIcons(folder) {
  await mkdir(folder, { recursive: true });
  for (const [page, path] of Object.entries(pageIcons)) {
    for (const [theme, colour] of Object.entries(themes)) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="${colour}" stroke-width="1.1" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>\n`;
      await writeFile(new URL(`${page}-${theme}.svg`, folder), svg);
    }
  }
}
