import type { Client } from '../../client/index.ts';
import { printable } from './format.ts';

const longestList = 20;

/** What `sync --replace` left out of the version that came between: the paths that it removed or changed. */
export async function describeLeftOut(
  client: Client,
  dataset: string,
  between: number,
  now: number,
): Promise<string> {
  const { removed, changed } = await client.versions.diff(dataset, `v${between}`, `v${now}`);
  const lines = [
    ...removed.map(({ path }) => `  - ${printable(path)}`),
    ...changed.map(({ path }) => `  ~ ${printable(path)}`),
  ];
  if (lines.length === 0) return '';
  const more = lines.length > longestList ? [`  and ${lines.length - longestList} more`] : [];
  return [`Left out of v${between}:`, ...lines.slice(0, longestList), ...more].join('\n');
}
