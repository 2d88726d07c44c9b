import { describe, expect, test } from 'vitest';
import { levelOf } from '../levels/level.ts';
import { dataset, job, now, placement, version } from '../testing/examples.ts';
import { datasetRow } from './datasetRow.ts';
import { fileRow } from './fileRow.ts';
import { versionRow } from './versionRow.ts';

const inLake = levelOf([], new Map());
const ready = levelOf([placement()], new Map());
const filling = levelOf([placement({ state: 'filling', job: 'j1' })], new Map([['j1', job()]]));

describe("a version's row", () => {
  test('says which, where, how old and who', () => {
    expect(versionRow(version(), ready, true, now)).toMatchObject({
      label: 'v3',
      description: 'cached · latest, raw · 2 h · ana',
      icon: 'forebay-level-full',
      context: 'version.ready',
    });
  });

  test('says how far its fill is and how long it takes', () => {
    const { description, icon } = versionRow(version(), filling, false, now);
    expect(description).toBe('62% · 1 min 8 s left · raw · 2 h · ana');
    expect(icon).toBe('forebay-level-70');
  });

  test('leaves the level to the gauge where nothing is cached, but not for a screen reader', () => {
    const row = versionRow(version({ tags: [] }), inLake, false, now);
    expect(row.description).toBe('2 h · ana');
    expect(row.spoken).toBe('Version 3 of chest-xray, not cached · 2 h · ana');
  });

  test('says that a part of it is cached, and which', () => {
    const part = placement({ selection: { include: ['images/**'], exclude: [] } });
    const row = versionRow(version(), levelOf([part], new Map()), false, now);
    expect(row.description).toBe('cached in part · raw · 2 h · ana');
    expect(row.context).toBe('version.part');
    expect(row.tooltip).toContain('Only images/\\*\\*: caching the version brings the rest');
  });

  test('tells in its tooltip what changed and when the copy goes', () => {
    const { tooltip } = versionRow(version(), ready, true, now);
    expect(tooltip).toContain('drop 214 duplicates');
    expect(tooltip).toContain('38.2 GB in 627,615 files; 214 removed');
    expect(tooltip).toContain('cleared in 22 h unless used');
    expect(tooltip).toContain('`@sha256-39735b1603d5`');
  });

  test("shows a message's Markdown as it was typed", () => {
    const { tooltip } = versionRow(version({ message: '[run](command:evil) **now**' }), inLake, true, now);
    expect(tooltip).toContain('\\[run\\]\\(command:evil\\) \\*\\*now\\*\\*');
  });

  test('says why it could not be cached', () => {
    const problem = {
      type: 'urn:forebay:error:no-space',
      title: 'no space',
      status: 507,
      detail: 'chest-xray@v3 needs 38.2 GB; 1.2 GB are free.',
      code: 'no-space',
    };
    const failed = levelOf([placement({ state: 'failed', problem })], new Map());
    const row = versionRow(version(), failed, true, now);
    expect(row.context).toBe('version.failed');
    expect(row.icon).toBe('forebay-level-cracked');
    expect(row.tooltip).toContain('needs 38\\.2 GB');
  });
});

describe("a dataset's row", () => {
  test('leaves the percent to the rows below it while they are shown', () => {
    expect(datasetRow(dataset(), filling, now, false).description).toBe(
      'v3 · 38.2 GB · 62% · 1 min 8 s left',
    );
    expect(datasetRow(dataset(), filling, now, true).description).toBe('v3 · 38.2 GB · filling');
  });

  test('answers for its newest version', () => {
    expect(datasetRow(dataset(), ready, now, false)).toMatchObject({
      description: 'v3 · 38.2 GB · cached',
      icon: 'forebay-level-full',
      context: 'dataset.ready',
    });
  });

  test('says that there is no version yet', () => {
    const row = datasetRow(dataset({ latest: null }), inLake, now, false);
    expect(row).toMatchObject({
      description: 'no versions yet',
      expandable: false,
      context: 'dataset.empty',
    });
  });
});

test('a file shows its size, a folder how much is in it, a link where it leads', () => {
  const rows = [
    fileRow('x', 1, { path: 'a/b.csv', kind: 'file', size: 1200 }, true),
    fileRow('x', 1, { path: 'a', kind: 'folder', size: 1200, files: 1 }, false),
    fileRow('x', 1, { path: 'l', kind: 'link', size: 0, target: 'a/b.csv' }, false),
  ];
  expect(rows.map(({ label, description, context }) => [label, description, context])).toEqual([
    ['b.csv', '1.2 kB', 'file.ready'],
    ['a', '1 file', 'folder.lake'],
    ['l', '→ a/b.csv', 'link.lake'],
  ]);
});
