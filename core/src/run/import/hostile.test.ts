import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findArtifacts } from '../artifact/files.ts';
import { artifactFolder } from '../artifact/place.ts';
import { newRun } from '../testing.ts';
import { experimentMeta, ImportHouse, runId, runMeta } from './testing.ts';

let house: ImportHouse;
beforeEach(async () => {
  house = await ImportHouse.make();
  house.write({ '7/meta.yaml': experimentMeta('study'), [`7/${runId(1)}/meta.yaml`]: runMeta(runId(1)) });
});
afterEach(() => house.remove());

const refused = async () => {
  const { runs, problems } = await house.import();
  expect(runs.new).toBe(1);
  return problems.some;
};

test.each([
  ['no meta.yaml', { [`7/${runId(2)}/params/a`]: '1' }, /00002: it is not there/],
  ['bad YAML', { [`7/${runId(2)}/meta.yaml`]: 'run_id: [unclosed\n  x: "' }, /its meta.yaml is not right/],
  ['YAML that is no map', { [`7/${runId(2)}/meta.yaml`]: '- 1\n- 2\n' }, /holds no fields/],
  ['no id', { [`7/${runId(2)}/meta.yaml`]: 'status: 3\nstart_time: 1\n' }, /has no run_uuid/],
  ['an id that leads elsewhere', { '7/x/meta.yaml': runMeta('../../../etc') }, /for a run's id/],
  ['no right time', { '7/x/meta.yaml': runMeta(runId(2), { start_time: '1e99' }) }, /no right start_time/],
  ['no right status', { '7/x/meta.yaml': runMeta(runId(2), { status: '77' }) }, /no right status/],
  [
    'a meta.yaml that is not UTF-8',
    { '7/x/meta.yaml': new Uint8Array([0x61, 0x3a, 0xff]) },
    /not text in UTF-8/,
  ],
])('a run with %s is named and left out, and the others come', async (_, files, sentence) => {
  house.write(files as Record<string, string | Uint8Array>);
  expect(await refused()).toEqual([expect.stringMatching(sentence)]);
});

test('what is wrong within a run is named, and the rest of it comes', async () => {
  const run = `7/${runId(1)}`;
  house.write({
    [`${run}/params/good`]: 'yes',
    [`${run}/params/bad`]: new Uint8Array([0xff, 0xfe]),
    [`${run}/params/so; drop table`]: 'x',
    [`${run}/metrics/loss`]: '1 0.5 1\nnonsense\n2 nan 2\n3 0.25 9e99\n-4 1 1\n5 inf 3\n6 0.1',
    [`${run}/metrics/a\\b`]: '1 1 1\n',
    [`${run}/inputs/one/meta.yaml`]: 'source_type: DATASET\nsource_id: ../../../../etc\n',
    [`${run}/outputs/two/meta.yaml`]: 'destination_id: m-unknown\n',
  });
  const said = await house.import();
  expect(said).toMatchObject({ runs: { new: 1 }, points: 3 });
  const sentences = said.problems.some.join('\n');
  for (const each of [
    /params\/bad: it is not text in UTF-8/,
    /Invalid value "so; drop table" for parameter 'key'/,
    /metrics\/loss: 3 of its lines are no points/,
    /Invalid value "a\\\\b" for parameter 'name'/,
    /inputs\/one: it names no dataset/,
    /it names the model m-unknown, which was not found/,
  ]) {
    expect(sentences).toMatch(each);
  }
  const params = await house.db.selectFrom('param').select(['key', 'value']).execute();
  expect(params).toEqual([{ key: 'good', value: 'yes' }]);
});

test('nothing of this machine is copied that is not the store’s: no link is followed, no path believed', async () => {
  const secret = join(house.folder, 'secret');
  mkdirSync(secret);
  writeFileSync(join(secret, 'key.pem'), 'private');
  house.write({
    [`7/${runId(1)}/artifacts/fine.txt`]: 'fine',
    [`7/${runId(2)}/meta.yaml`]: runMeta(runId(2), { artifact_uri: `file://${secret}` }),
    [`7/${runId(3)}/meta.yaml`]: runMeta(runId(3)),
  });
  symlinkSync(join(secret, 'key.pem'), join(house.store, '7', runId(1), 'artifacts', 'link'));
  symlinkSync(secret, join(house.store, '7', runId(1), 'artifacts', 'folder'));
  symlinkSync(secret, join(house.store, '7', runId(3), 'artifacts'));
  symlinkSync(secret, join(house.store, '7', runId(3), 'params'));
  symlinkSync(secret, join(house.store, '7', runId(4)));
  const said = await house.import();
  expect(said).toMatchObject({ runs: { new: 3 }, artifacts: { files: 1, elsewhere: 1 } });
  const files = await findArtifacts(artifactFolder(house.home), '');
  expect(files.map(({ path }) => path.split('/').at(-1))).toEqual(['fine.txt']);
  expect(await house.db.selectFrom('param').selectAll().execute()).toEqual([]);
  expect(said.problems.some.join('\n')).toMatch(/artifacts\/folder: it is a link/);
  expect(said.problems.some.join('\n')).toMatch(/params: it is a link/);
});

test('artifacts in a bucket stay there: it is said where, and their address is kept', async () => {
  const uri = 's3://bucket/7/x/artifacts';
  house.write({ [`7/${runId(2)}/meta.yaml`]: runMeta(runId(2), { artifact_uri: uri }) });
  const { artifacts, problems } = await house.import();
  expect(artifacts).toMatchObject({ elsewhere: 1, elsewhereSome: [uri] });
  expect(problems.count).toBe(0);
  const row = await house.db.selectFrom('run').selectAll().where('id', '=', runId(2)).executeTakeFirst();
  expect(row?.artifact_uri).toBe(uri);
});

test('a run that was recorded here is not overwritten by a store that has the same id', async () => {
  const id = await newRun(house.db, 'mine');
  house.write({ [`7/${id}/meta.yaml`]: runMeta(id, { run_name: 'theirs' }) });
  const { problems, runs } = await house.import();
  expect([runs.refused, problems.some[0]]).toEqual([
    1,
    expect.stringMatching(/was recorded here, not imported/),
  ]);
  expect((await house.db.selectFrom('run').select('name').where('id', '=', id).execute())[0]?.name).toBe(
    'mine',
  );
});

test('a database that is damaged, or is none of MLflow, is named', async () => {
  const path = join(house.folder, 'x.db');
  writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(5000, 7)]));
  await expect(house.import({ path })).rejects.toMatchObject({ code: 'damaged' });
  await expect(house.import({ path: join(house.home, 'runs.db') })).rejects.toMatchObject({
    code: 'bad-request',
    message: expect.stringMatching(/not one of MLflow/),
  });
  expect(readFileSync(path)).toHaveLength(5016);
});
