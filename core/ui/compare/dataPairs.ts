import { runDataName } from '../../src/api/run/runText.ts';
import type { Run } from '../../src/api/schemas.ts';

type Data = Run['datasets'][number];

export type DataPair =
  | { kind: 'same' | 'one'; key: string; text: string }
  | { kind: 'two'; key: string; name: string; from: number; to: number };

/**
 * What two runs read, side by side: of a dataset of which a run read several versions, those that both read first, then the
 * others in their order, the oldest against the oldest.
 */
export function dataPairs(before: Run, after: Run): DataPair[] {
  const names = new Set([...before.datasets, ...after.datasets].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const of = ({ datasets }: Run) => datasets.filter((each) => each.name === name).sort(byVersion);
    const [these, those] = [of(before), of(after)];
    const alone = (some: readonly Data[], others: readonly Data[]) =>
      some.filter(({ digest }) => !others.some((other) => other.digest === digest));
    const both = these.filter((each) => !alone(these, those).includes(each));
    const [lefts, rights] = [alone(these, those), alone(those, these)];
    const rest = Array.from({ length: Math.max(lefts.length, rights.length) }, (_, nth) =>
      pairOf(lefts[nth], rights[nth], before, after),
    );
    return [...both.map(sameIn), ...rest.filter((pair) => pair !== undefined)];
  });
}

const byVersion = (a: Data, b: Data) => (a.version ?? 0) - (b.version ?? 0);
const keyOf = ({ name, digest }: Data) => `${name} ${digest}`;
const sameIn = (data: Data): DataPair => ({
  kind: 'same',
  key: keyOf(data),
  text: `Both read ${runDataName(data)}.`,
});

function pairOf(a: Data | undefined, b: Data | undefined, before: Run, after: Run): DataPair | undefined {
  const data = a ?? b;
  if (!data) return undefined;
  const key = keyOf(data);
  if (!a || !b)
    return { kind: 'one', key, text: `Only ${(a ? before : after).name} read ${runDataName(data)}.` };
  if (a.version !== null && b.version !== null) {
    return { kind: 'two', key, name: data.name, from: a.version, to: b.version };
  }
  return {
    kind: 'one',
    key,
    text: `${data.name} differs; it isn't kept by Forebay, so its files can't be compared.`,
  };
}
