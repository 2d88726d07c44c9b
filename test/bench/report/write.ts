import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparisonChart, growthChart, memoryChart } from './chart/charts.ts';
import { renderPage, titleOf } from './markdown.ts';
import { noResults, type Results } from './results.ts';

export async function readResults(folder: string): Promise<Results> {
  const file = join(folder, 'bench.json');
  return existsSync(file) ? { ...noResults, ...JSON.parse(await readFile(file, 'utf8')) } : noResults;
}

/** Writes figures, page and charts, everything made from the figures alone; answers the page. */
export async function writeResults(folder: string, results: Results): Promise<string> {
  await mkdir(folder, { recursive: true });
  const first = results.comparisons[0]?.setting;
  const comparison = (setting: string) =>
    setting === first ? 'bench.svg' : `bench-${setting.replaceAll(/[^a-z0-9]+/gi, '-')}.svg`;
  const growth = results.growth ? ['bench-growth.svg', 'bench-memory.svg'] : [];
  const page = renderPage(results, { comparison, growth });
  await writeFile(join(folder, 'bench.json'), `${JSON.stringify(results, null, 1)}\n`);
  await writeFile(join(folder, 'bench.md'), page);
  for (const each of results.comparisons) {
    const chart = comparisonChart(titleOf(each), each.samples);
    if (chart) await writeFile(join(folder, comparison(each.setting)), chart);
  }
  if (results.growth) {
    await writeFile(join(folder, 'bench-growth.svg'), growthChart(results.growth));
    await writeFile(join(folder, 'bench-memory.svg'), memoryChart(results.growth));
  }
  return page;
}
