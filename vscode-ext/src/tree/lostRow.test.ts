import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { onRowsAlone, refuseLostRow } from './lostRow.ts';

test('a row that the editor forgot is not taken for a command without one, which would ask about another', () => {
  expect(() => refuseLostRow([undefined, undefined])).toThrow('This row changed while it was pressed.');
  expect(() => refuseLostRow([undefined, null])).toThrow();
});

test('the palette, keys and rows go on', () => {
  for (const given of [[], [undefined], [null], [{ kind: 'job' }, undefined], [{ kind: 'job' }, [{}, {}]]])
    expect(() => refuseLostRow(given)).not.toThrow();
});

test('the title of a view goes on too, which comes with two arguments and may have no row', () => {
  const alone = onRowsAlone(manifest.contributes.menus);
  for (const id of ['app.cancelJob', 'version.clear', 'cache.unpin', 'experiment.openOutput'])
    expect(alone).toContain(`forebay.${id}`);
  for (const id of ['dataset.filter', 'dataset.clearFilter', 'app.refresh', 'experiment.compare'])
    expect(alone).not.toContain(`forebay.${id}`);
});
