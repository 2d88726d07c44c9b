import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Holding, makeRoom, type Room, spaceOf } from './room.ts';

const holding = (id: string, change: Partial<Holding> = {}): Holding => ({
  id,
  ref: `${id}@v1`,
  state: 'ready',
  storedBytes: 100,
  storedInodes: 1,
  writtenBytes: 0,
  writtenInodes: 0,
  lastUsed: 0,
  leases: 0,
  pinned: false,
  ...change,
});
const room = (holdings: Holding[], change: Partial<Room> = {}): Room => ({
  cache: 'local',
  capacity: 1000,
  diskFree: 10_000,
  inodesFree: null,
  holdings,
  ...change,
});
const need = (bytes: number, inodes = 1) => ({ ref: 'new@v1', bytes, inodes });

test('what is being filled counts before its bytes are there', () => {
  const filling = holding('a', { state: 'filling', storedBytes: 700 });
  expect(spaceOf(room([filling]))).toMatchObject({ used: 0, reserved: 700, free: 300 });
  expect(() => makeRoom(room([filling]), need(301), true)).toThrow(/being filled/);
  expect(makeRoom(room([filling]), need(300), true)).toEqual([]);
});

test('what a fill has written is not taken from the disk twice', () => {
  const filling = holding('a', { state: 'filling', storedBytes: 700, writtenBytes: 600 });
  expect(spaceOf(room([filling], { diskFree: 150 })).free).toBe(50);
});

test('the least recently used go first, and no more than it takes', () => {
  const holdings = [1, 2, 3, 4].map((n) => holding(`d${n}`, { storedBytes: 250, lastUsed: 10 - n }));
  expect(makeRoom(room(holdings), need(300), true).map((each) => each.id)).toEqual(['d4', 'd3']);
});

test('what is leased, pinned or being filled never goes', () => {
  const holdings = [
    holding('leased', { storedBytes: 300, leases: 1 }),
    holding('pinned', { storedBytes: 300, pinned: true }),
    holding('filling', { storedBytes: 300, state: 'filling' }),
  ];
  expect(() => makeRoom(room(holdings), need(200), true)).toThrow(
    /needs 200 B and 'local' has 100 B free of 1.0 kB.*leased@v1 \(300 B, in use\), pinned@v1 \(300 B, pinned\)/,
  );
});

test('what will never fit evicts nothing', () => {
  expect(() => makeRoom(room([holding('a')]), need(2000), true)).toThrow(/no-space|needs/);
});

test('too few inodes are refused before the first byte', () => {
  expect(() => makeRoom(room([], { inodesFree: 50 }), need(10, 100), true)).toThrow(
    /100 files.*50 more files/,
  );
});

test('whatever is chosen, it fits afterwards and touched nothing that is in use', () => {
  const anyHolding = fc.record({
    storedBytes: fc.integer({ min: 0, max: 500 }),
    lastUsed: fc.integer({ min: 0, max: 9 }),
    leases: fc.integer({ min: 0, max: 1 }),
    pinned: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(anyHolding, { maxLength: 8 }),
      fc.integer({ min: 0, max: 1500 }),
      (changes, bytes) => {
        const all = room(changes.map((change, i) => holding(`d${i}`, change)));
        let evict: Holding[];
        try {
          evict = makeRoom(all, need(bytes), true);
        } catch {
          return;
        }
        const left = all.holdings.filter((each) => !evict.includes(each));
        expect(spaceOf({ ...all, holdings: left }).free).toBeGreaterThanOrEqual(bytes);
        expect(evict.every((each) => each.leases === 0 && !each.pinned)).toBe(true);
      },
    ),
  );
});
