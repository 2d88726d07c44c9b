import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FrameLocator, Page } from 'playwright-core';

const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong for people who use keys or screen readers, a line each; of the element `within` alone. */
export async function axeFinds(where: Page | FrameLocator, within: string): Promise<string[]> {
  const element = where.locator(within);
  const text = await readFile(source, 'utf8');
  // Through the debugger: a page's own rules for scripts don't stop it.
  return element.evaluate(async (node, program) => {
    new Function(program).call(window);
    const { axe } = window as unknown as { axe: { run: (node: unknown) => Promise<AxeResult> } };
    const { violations } = await axe.run(node);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, text);
}

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}
