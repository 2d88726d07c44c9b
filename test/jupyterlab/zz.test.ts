import { mkdir, writeFile } from 'node:fs/promises';
import { test } from 'vitest';
import { newHome } from '../support/home.ts';
import { openLab } from './workplace.ts';

test('x', async () => {
  const home = await newHome();
  await mkdir(home.path('work', 'scans'), { recursive: true });
  await writeFile(home.path('work', 'scans', 'a.txt'), 'a');
  await home.run('-C', home.path('work', 'scans'), 'data', 'init', 'scans');
  await home.json('-C', home.path('work', 'scans'), 'data', 'sync', '-m', 'x');
  const { server, browser, lab } = await openLab(home);
  const { page } = lab;
  const open = async () => {
    const address = new URL(server.url);
    address.searchParams.set('forebay', 'dataset?dataset=scans');
    await lab.open(address.href);
  };
  let closed = 0;
  await page.addInitScript(`window.__log = []; const add = DOMTokenList.prototype.add; DOMTokenList.prototype.add = function (...a) { if (a.includes('lm-mod-hidden') && this.value.includes('jp-ModalCommandPalette')) { Error.stackTraceLimit = 30; window.__log.push('HIDE ' + new Error().stack); } return add.apply(this, a); };
  const f = HTMLElement.prototype.focus; HTMLElement.prototype.focus = function (...a) { const m = document.querySelector('.jp-ModalCommandPalette:not(.lm-mod-hidden)'); if (m) { Error.stackTraceLimit = 30; window.__log.push('FOCUS ' + this.className + new Error().stack.slice(0, 600)); } return f.apply(this, a); };`);
  for (let i = 0; i < 6; i++) {
    await open();
    await page.locator('.fb-root').first().waitFor();
    await page.keyboard.press('Control+Shift+C');
    const modal = page.locator('.jp-ModalCommandPalette');
    const t = Date.now();
    const log: string[] = [];
    while (Date.now() - t < 2500) {
      const s = await page.evaluate<string>(
        `(() => { const m = document.querySelector('.jp-ModalCommandPalette'); const a = document.activeElement; return (m ? (m.classList.contains('lm-mod-hidden') ? 'hidden' : 'SHOWN') : 'none') + ' focus=' + (a.id || a.className || a.tagName) + ' splash=' + !!document.querySelector('#jupyterlab-splash') + ' cur=' + (document.querySelector('.lm-TabBar-tab.jp-mod-current')?.textContent ?? '') })()`,
      );
      if (log.at(-1) !== s) log.push(s);
      await new Promise((r) => setTimeout(r, 20));
    }
    console.log(i, log);
    if (log.some((l) => l.startsWith('SHOWN')) && !log.at(-1)?.startsWith('SHOWN')) closed++;
    console.log(
      ((await page.evaluate('window.__log')) as string[])
        .map((x) => x.replace(/http\S*\//g, '').slice(0, 2500))
        .slice(-1)
        .join('\n=====\n'),
    );
    await page.keyboard.press('Escape');
    await new Promise((r) => setTimeout(r, 300));
    console.log(
      await page.evaluate(`document.querySelector('.lm-TabBar-tab.jp-mod-current')?.textContent`),
      await modal.count(),
    );
  }
  console.log('closed', closed);
  await browser.close();
  await server.stop();
  await home.remove();
});
