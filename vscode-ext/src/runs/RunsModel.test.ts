import { notArchived } from '@forebay/core/api/run/runTags';
import type { Run } from '@forebay/core/api/schemas';
import { expect, test } from 'vitest';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { Signal } from '../signal.ts';
import { run } from '../testing/examples.ts';
import { RunsModel } from './RunsModel.ts';

/** Answers as they are asked for, each when the test says so. */
function heldModel() {
  const asked: { filter?: string; answer: (items: Run[]) => void }[] = [];
  const list = ({ filter }: { filter?: string }) =>
    new Promise((resolve) => {
      const answer = (items: Run[]) => resolve({ items, next: null });
      asked.push({ ...(filter === undefined ? {} : { filter }), answer });
    });
  const client = async () => ({ runs: { list } });
  return { model: new RunsModel({ hints: new Signal(), client } as unknown as DaemonModel), asked };
}
const turn = () => new Promise((resolve) => setTimeout(resolve));

test('an answer to what was asked before does not undo a newer one', async () => {
  const { model, asked } = heldModel();
  const older = model.reload();
  await turn();
  const newer = model.showArchived(true);
  await turn();
  expect(asked.map(({ filter }) => filter)).toEqual([notArchived, undefined]);
  asked[1]?.answer([run()]);
  await newer;
  asked[0]?.answer([]);
  await turn();
  asked[2]?.answer([]);
  await older;
  expect(model.all).toHaveLength(1);
});

test('that every run is archived is told from that there is none', async () => {
  const { model, asked } = heldModel();
  const read = model.reload();
  await turn();
  asked[0]?.answer([]);
  await turn();
  asked[1]?.answer([run()]);
  await read;
  expect([model.all, model.onlyArchived]).toEqual([[], true]);
});
