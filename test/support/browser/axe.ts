import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FrameLocator, Page } from 'playwright-core';

const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * What axe finds wrong for people who use keys or screen readers, a line each; of the element `within` alone. `rules`
 * names those that count: of a page that was looked at in another theme, those of colours.
 */
export async function axeFinds(
  where: Page | FrameLocator,
  within: string,
  rules?: string[],
): Promise<string[]> {
  const element = where.locator(within);
  const text = await readFile(source, 'utf8');
  // Through the debugger: a page's own rules for scripts don't stop it.
  const options = rules ? { runOnly: rules } : {};
  return element.evaluate(
    async (node, [program, asked]) => {
      new Function(program).call(window);
      const { axe } = window as unknown as { axe: Axe };
      const { violations } = await axe.run(node, asked);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    },
    [text, options] as const,
  );
}

interface Axe {
  run: (node: unknown, options: { runOnly?: string[] }) => Promise<AxeResult>;
}

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}
