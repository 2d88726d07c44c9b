import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const { contributes } = manifest;
const declared = new Set(contributes.commands.map(({ command }) => command));
const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n');

describe('the manifest', () => {
  test('declares exactly the commands that the program answers', () => {
    const handled = [...sources.matchAll(/^\s+'(forebay\.\w+\.\w+)': /gm)].map((match) => match[1]);
    expect(new Set(handled)).toEqual(declared);
  });

  test('names no command in a menu that does not exist', () => {
    for (const items of Object.values(contributes.menus)) {
      for (const { command } of items) expect(declared).toContain(command);
    }
  });

  test('leads by its links only to commands that exist', () => {
    const links = JSON.stringify([contributes.viewsWelcome, contributes.walkthroughs]).matchAll(
      /command:(forebay\.[\w.]+)/g,
    );
    for (const [, command] of links) expect(declared).toContain(command);
  });

  test('has no setting that a workspace could use to choose lake, hub or program, or what an assistant may do', () => {
    for (const [name, { scope }] of Object.entries(contributes.configuration.properties)) {
      if (/mcp|lake|hub|program|home/i.test(name)) expect([name, scope]).toEqual([name, 'machine']);
    }
    expect(Object.keys(contributes.configuration.properties).join()).not.toMatch(/lake|hub|program|home/i);
  });

  test('shows what a row can do only where it can be done', () => {
    const offered = (context: string) =>
      contributes.menus['view/item/context']
        .filter(({ when }) => {
          const pattern = [...when.matchAll(/viewItem =~ \/(.*?)\/(?: |$)/g)].map((match) => match[1] ?? '');
          return pattern.every((one) => new RegExp(one).test(context));
        })
        .filter(({ group }) => group.startsWith('inline'))
        .map(({ command }) => command.split('.').at(-1));
    expect(offered('version.lake')).toEqual(['cache']);
    expect(offered('version.filling')).toEqual(['cancel']);
    expect(offered('job')).toEqual(['cancel']);
    expect(offered('version.ready')).toEqual(['insertMountCode', 'clear']);
    expect(offered('placement.readyInUse')).toEqual(['insertMountCode']);
    expect(offered('dataset.failed')).toEqual(['cache', 'problem']);
    expect(offered('dataset.empty')).toEqual([]);
  });
});
