import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verbs, vsCodeVerbs } from '@forebay/core/ui/verbs';
import { describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const { contributes } = manifest;
const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8');
const declared = new Set(contributes.commands.map(({ command }) => command));
describe('the manifest', () => {
  test('declares the verbs of both editors and what this one alone needs, each by its words', () => {
    // That the program answers each is a matter of types: see extension.ts.
    const said = contributes.commands.map(({ command, title }) => [command, title]);
    const table = [...vsCodeVerbs].map(([verb, label]) => [`forebay.${verb}`, label]);
    expect(said).toEqual(table);
  });

  test('offers every verb in the palette, but those that only a row can mean', () => {
    const hidden = contributes.menus.commandPalette
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    const both = Object.entries(verbs).flatMap(([domain, actions]) =>
      Object.keys(actions).map((action) => `forebay.${domain}.${action}`),
    );
    expect(both.filter((command) => hidden.includes(command))).toEqual([]);
  });

  test('binds keys to commands that exist', () => {
    for (const { command, args } of contributes.keybindings) {
      const ours = [command, ...(args?.commands ?? [])].filter((id) => id.startsWith('forebay.'));
      expect(ours.length).toBe(1);
      expect(declared).toContain(ours[0]);
    }
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
    const { 'forebay.statusBar': harmless, ...others } = contributes.configuration.properties;
    expect(harmless.enum).toContain('never');
    for (const { scope } of Object.values(others)) expect(scope).toBe('machine');
  });

  test('has what the Marketplace and Open VSX show of it', () => {
    const { displayName, description, license, publisher, icon, galleryBanner, keywords } = manifest;
    for (const said of [displayName, description, license, publisher]) expect(said).not.toBe('');
    expect(galleryBanner).toEqual({ color: expect.stringMatching(/^#[0-9a-f]{6}$/), theme: 'dark' });
    expect(keywords.length).toBeLessThanOrEqual(30);
    // https://code.visualstudio.com/api/references/extension-manifest
    const known = ['AI', 'Data Science', 'Machine Learning', 'Notebooks', 'SCM Providers', 'Visualization'];
    for (const category of manifest.categories) expect(known).toContain(category);
    for (const [, file = ''] of read('README.md').matchAll(/^!\[.+\]\((pictures\/.+\.png)\)$/gm))
      expect(existsSync(join(import.meta.dirname, '..', file))).toBe(true);
    expect(read('CHANGELOG.md')).toContain(`## ${manifest.version}\n`);
    const png = readFileSync(join(import.meta.dirname, '..', icon));
    // Width and height, after the signature and the first chunk's name.
    for (const at of [16, 20]) expect(png.readUInt32BE(at)).toBeGreaterThanOrEqual(128);
  });

  test('has the pictures that it names, and asks for nothing before it is used', () => {
    for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      expect(readFileSync(join(import.meta.dirname, '..', media.svg), 'utf8')).toContain('var(--vscode-');
      expect(media.altText).not.toBe('');
    }
    for (const event of manifest.activationEvents) expect(event).not.toMatch(/^(\*|onStartupFinished)$/);
  });

  const offered = (context: string, group = 'inline') =>
    contributes.menus['view/item/context']
      .filter(({ when }) => {
        const pattern = [...when.matchAll(/viewItem =~ \/(.*?)\/(?: |$)/g)].map((match) => match[1] ?? '');
        return pattern.every((one) => new RegExp(one).test(context));
      })
      .filter((item) => item.group.startsWith(group))
      .map(({ command }) => command.split('.').at(-1));

  test('shows what a row can do only where it can be done', () => {
    expect(offered('version.lake')).toEqual(['cache']);
    expect(offered('version.filling')).toEqual(['cancelJob']);
    expect(offered('job')).toEqual(['cancelJob']);
    expect(offered('version.ready')).toEqual(['insertMountCode', 'clear']);
    expect(offered('placement.readyInUse')).toEqual(['insertMountCode']);
    expect(offered('dataset.failed')).toEqual(['cache', 'problem']);
    expect(offered('dataset.empty')).toEqual([]);
    expect(offered('version.part')).toEqual(['cache', 'clear']);
    expect(offered('placement.part')).toEqual(['clear']);
    expect(offered('placement.readyPinned')).toEqual(['insertMountCode', 'unpin']);
  });

  test('offers for a run what it is not already', () => {
    expect(offered('run.finished', '4_change')).toEqual(['star', 'archive']);
    expect(offered('run.finishedStarred', '4_change')).toEqual(['archive', 'unstar']);
    expect(offered('run.failedStarredArchived', '4_change')).toEqual(['unstar', 'unarchive']);
  });
});
