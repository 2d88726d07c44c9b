import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selecting } from '../../src/dataset/selection.ts';
import { parentOf, selectionOfTicked, type Ticked, ticksOf, toggle, whole } from './partTree.ts';

const folders: Record<string, string[]> = {
  '': ['images', 'labels', 'readme.md'],
  images: ['images/a', 'images/b', 'images/[c]'],
  labels: ['labels/x.csv', 'labels/y*.csv'],
  'images/a': ['images/a/1.png', 'images/a/2.png'],
  'images/b': ['images/b/1.png'],
  'images/[c]': ['images/[c]/1.png'],
};
const all = Object.values(folders).flat();
const files = all.filter((path) => !(path in folders));
const childrenOf = (folder: string) => folders[folder];
const tickOf = (ticked: Ticked, path: string) => ticksOf(ticked)(path);
const press = (ticked: Ticked, ...paths: string[]) =>
  paths.reduce<Ticked>((now, path) => toggle(now, path, childrenOf), ticked);

/** As the hub does. */
function selectsOf(selected: ReturnType<typeof selectionOfTicked>): (path: string) => boolean {
  if (selected === null || selected === 'nothing') return () => selected === null;
  const selects = selecting(selected);
  return (path) => selects({ path, kind: 'file' });
}

test('unticking a folder of the whole leaves the others ticked, and the whole is no longer said', () => {
  const part = press(whole, 'images');
  expect([...part].sort()).toEqual(['labels', 'readme.md']);
  expect(tickOf(part, '')).toBe('some');
  expect(tickOf(part, 'labels/x.csv')).toBe('on');
  expect(selectionOfTicked(part, childrenOf)).toEqual({ include: [], exclude: ['/images'] });
  expect(selectionOfTicked(press(part, 'labels'), childrenOf)).toEqual({
    include: ['/readme.md'],
    exclude: [],
  });
  expect(selectionOfTicked(whole, childrenOf)).toBeNull();
});

test('ticking everything one by one is the whole again', () => {
  const none = press(whole, '');
  expect(selectionOfTicked(none, childrenOf)).toBe('nothing');
  const again = press(none, 'labels/x.csv', 'labels/y*.csv', 'images', 'readme.md');
  expect(selectionOfTicked(again, childrenOf)).toBeNull();
});

test('what is ticked is what the globs select, whatever is pressed', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('', ...all), { maxLength: 12 }), (pressed) => {
      const ticked = press(whole, ...pressed);
      const selection = selectionOfTicked(ticked, childrenOf);
      const selects = selectsOf(selection);
      for (const path of files) {
        expect(selects(path), path).toBe(tickOf(ticked, path) === 'on');
      }
    }),
  );
});

test('a press changes what it is pressed on, and its parents show some of it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('', ...all), { maxLength: 8 }),
      fc.constantFrom(...files),
      (pressed, path) => {
        const before = press(whole, ...pressed);
        const after = press(before, path);
        expect(tickOf(after, path) === 'on').toBe(tickOf(before, path) !== 'on');
        if (tickOf(after, path) === 'on') expect(tickOf(after, parentOf(path))).not.toBe('off');
      },
    ),
  );
});

test('ticking in a folder of 20,000 takes steps that grow with it, not each with each', () => {
  const names = Array.from({ length: 20_000 }, (_, n) => `scan-${n}`);
  const inside = (folder: string) => (folder === '' ? names : undefined);
  const half = new CountedSet(names.filter((_, n) => n % 2 === 0));
  const next = new CountedSet(toggle(half, 'scan-1', inside));
  const stateOf = ticksOf(next);
  for (const name of names) stateOf(name);
  expect(() => selectionOfTicked(next, inside)).toThrow(/too many/);
  expect(half.steps + next.steps).toBeLessThan(names.length * 20);
});

/** Counts how often somebody asks for a member or goes on to the next. */
class CountedSet extends Set<string> {
  steps = 0;

  override has(path: string): boolean {
    this.steps++;
    return super.has(path);
  }

  override *[Symbol.iterator](): SetIterator<string> {
    for (const path of this.values()) {
      this.steps++;
      yield path;
    }
  }
}
