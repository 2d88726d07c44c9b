import { diffVersions } from '../../../../core/src/dataset/diff.ts';
import { readHistory } from '../../../../core/src/dataset/history.ts';
import { readEntries } from '../../../../core/src/dataset/manifest/read.ts';
import type { Lake } from '../../../../core/src/lake/lake.ts';
import type { LakeLocation } from '../../../../core/src/lake/location.ts';
import type { GetOptions } from '../../../../core/src/lake/object.ts';
import { openLake } from '../../../../core/src/lake/open.ts';
import type { Stopwatch } from '../../measure/stopwatch.ts';
import type { ForebayMachine } from './machine.ts';

const calls = 5;

/** Compares two neighbouring versions of which `changed` files differ. */
export async function timeDiff(
  machine: ForebayMachine,
  stopwatch: Stopwatch,
  where: { location: LakeLocation; dataset: string; from: number; to: number; changed: number },
): Promise<void> {
  const { dataset, from, to } = where;
  await machine.command('diff', 'data', 'diff', `${dataset}@v${from}`, `${dataset}@v${to}`);
  for (let call = 0; call < calls; call++) {
    const begun = performance.now();
    const diff = await machine.client.versions.diff(dataset, `v${from}`, `v${to}`);
    stopwatch.note('diff', 'inside', (performance.now() - begun) / 1000);
    const found = [diff.added.length, diff.changed.length, diff.removed.length].join();
    if (found !== `0,${where.changed},0`)
      throw new Error(`The diff has ${found}, not ${where.changed} changed.`);
  }
  const { id } = await machine.client.datasets.get(dataset);
  const bytes = await bytesRead(where.location, id, from, to);
  stopwatch.note('diff', 'bytes', bytes.diff);
  stopwatch.note('diff', 'manifests', bytes.manifests);
}

/** Bytes of objects that the diff reads from the lake, and those that reading both manifests would. */
async function bytesRead(location: LakeLocation, dataset: string, from: number, to: number) {
  const lake = openLake(location);
  try {
    const { versions } = await readHistory(lake, dataset);
    const [before, after] = [from, to].map((number) => versions.find(({ version }) => version === number));
    if (!before || !after) throw new Error(`v${from} or v${to} is missing from the lake.`);
    const counted = countingLake(lake);
    await diffVersions(counted.lake, dataset, before, after);
    const diff = counted.bytes();
    for (const { root } of [before, after]) {
      for await (const _ of readEntries(counted.lake, dataset, root));
    }
    return { diff, manifests: counted.bytes() - diff };
  } finally {
    lake.close();
  }
}

function countingLake(lake: Lake): { lake: Lake; bytes: () => number } {
  let bytes = 0;
  const get = async (key: string, options?: GetOptions) => {
    const object = await lake.get(key, options);
    bytes += object?.length ?? 0;
    return object;
  };
  const counting = new Proxy(lake, {
    get: (target, name) => {
      if (name === 'get') return get;
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { lake: counting, bytes: () => bytes };
}
