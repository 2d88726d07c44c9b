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

  test('has no setting that a workspace could use to choose lake, hub or program', () => {
    const { 'forebay.statusBar': harmless, ...others } = contributes.configuration.properties;
    expect(harmless.enum).toContain('never');
    for (const { scope } of Object.values(others)) expect(scope).toBe('machine');
  });

  test('has what the Marketplace and Open VSX show of it', () => {
    const { displayName, description, license, publisher, icon, galleryBanner, keywords } = manifest;
    for (const said of [displayName, description, license, publisher]) expect(said).not.toBe('');
    expect(galleryBanner).toEqual({ color: expect.stringMatching(/^#[0-9a-f]{6}$/), theme: 'dark' });
    expect(keywords.length).toBeLessThanOrEqual(30);
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
