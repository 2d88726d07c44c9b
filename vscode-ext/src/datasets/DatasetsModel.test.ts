import { expect, test, vi } from 'vitest';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { Signal } from '../signal.ts';
import { dataset } from '../testing/examples.ts';
import { DatasetsModel } from './DatasetsModel.ts';

/** A daemon that has these datasets, and what the model says of its hints. */
async function listed(...names: string[]) {
  const there = new Set(names);
  const hints = new Signal<{ id: number; kind: 'dataset'; subject: string }>();
  const page = async () => ({ items: [...there].map((name) => ({ ...dataset(), name })), next: null });
  const client = async () => ({ datasets: { page } });
  const model = new DatasetsModel({ hints, client } as unknown as DaemonModel);
  await model.datasets.reload();
  const said: (string | undefined)[] = [];
  model.changed.listen((name) => said.push(name));
  const hint = (subject: string) => hints.fire({ id: 1, kind: 'dataset', subject });
  return { there, hint, said };
}

test('of a dataset that changed its own row is drawn again', async () => {
  const { hint, said } = await listed('a', 'b');
  hint('a');
  await vi.waitFor(() => expect(said).toEqual(['a']));
});

test('a dataset that came or went changes the whole list', async () => {
  const { there, hint, said } = await listed('a', 'b');
  there.delete('b');
  hint('b');
  await vi.waitFor(() => expect(said).toEqual([undefined]));
  there.add('c');
  hint('c');
  await vi.waitFor(() => expect(said).toEqual([undefined, undefined]));
});
