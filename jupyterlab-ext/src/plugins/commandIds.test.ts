import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jupyterLabId, jupyterLabVerbs } from '@forebay/core/ui/verbs';
import { expect, test } from 'vitest';
import schema from '../../schema/settings.json' with { type: 'json' };
import { commandIds, labels } from './commandIds.ts';

const ids = [...jupyterLabVerbs.keys()].map((verb) => jupyterLabId(verb as never));

test('are the verbs of both editors and what JupyterLab alone needs, by their words', () => {
  expect(Object.values(commandIds).toSorted()).toEqual(ids.toSorted());
  expect(Object.values(labels).toSorted()).toEqual([...jupyterLabVerbs.values()].toSorted());
});

test('the menu has every one that a person can choose', () => {
  const menu = JSON.stringify(schema['jupyter.lab.menus'].main);
  const inMenu = [...menu.matchAll(/"command":"(forebay:[^"]+)"/g)].map(([, id]) => id);
  const byThemselves = [commandIds.openPage, commandIds.openAddress];
  expect(inMenu.toSorted()).toEqual(ids.filter((id) => !byThemselves.includes(id)).toSorted());
});

test('menus name only commands that exist', () => {
  for (const [, id] of JSON.stringify(schema).matchAll(/"command":"(forebay:[^"]+)"/g)) {
    expect(ids).toContain(id);
  }
});

test('no plugin says a verb in words of its own', () => {
  const sources = ['plugins', 'sync'].flatMap((folder) =>
    readdirSync(join(import.meta.dirname, '..', folder))
      .filter((name) => /plugin|^[a-z]+\.ts$/.test(name) && !name.includes('.test.'))
      .map((name) => readFileSync(join(import.meta.dirname, '..', folder, name), 'utf8')),
  );
  for (const label of jupyterLabVerbs.values()) {
    for (const source of sources) expect(source).not.toContain(`label: '${label}'`);
  }
});
