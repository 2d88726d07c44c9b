import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRoom, type Pressure, type Victim } from './makeRoom.ts';
import { assumedRates } from './refill.ts';
import { type Holding, type Room, spaceOf } from './room.ts';
import { worthOf } from './worth.ts';

const holding = (id: string, change: Partial<Holding> = {}): Holding => ({
  id,
  dataset: id,
  version: 1,
  selection: null,
  ref: `${id}@v1`,
  state: 'ready',
  storedBytes: 100,
  storedInodes: 1,
  writtenBytes: 0,
  writtenInodes: 0,
  lastUsed: 0,
  leases: 0,
  pinned: false,
  expectedUses: 1,
  usesLastWeek: 1,
  ...change,
});
const room = (holdings: Holding[], change: Partial<Room> = {}): Room => ({
  cache: 'local',
  capacity: 1000,
  inodeCapacity: null,
  diskFree: 10_000,
  inodesFree: null,
  trash: { bytes: 0, inodes: 0 },
  holdings,
  ...change,
});
const pressure = (change: Partial<Pressure> = {}): Pressure => ({
  rates: assumedRates,
  mayEvict: true,
  ...change,
});
const ids = (victims: Victim[]) => victims.map((victim) => victim.holding.id);
const need = (bytes: number, inodes = 1) => ({ ref: 'new@v1', bytes, inodes });

test('what is being filled counts before its bytes are there', () => {
  const filling = holding('a', { state: 'filling', storedBytes: 700 });
  expect(spaceOf(room([filling]))).toMatchObject({ used: 0, reserved: 700, free: 300 });
  expect(() => makeRoom(room([filling]), need(301), pressure())).toThrow(/being filled/);
  expect(makeRoom(room([filling]), need(300), pressure())).toEqual([]);
});

test('what a fill has written is not taken from the disk twice', () => {
  const filling = holding('a', { state: 'filling', storedBytes: 700, writtenBytes: 600 });
  expect(spaceOf(room([filling], { diskFree: 150 })).free).toBe(50);
});

test('of those worth the same the least recently used go first, and no more than it takes', () => {
  const holdings = [1, 2, 3, 4].map((n) => holding(`d${n}`, { storedBytes: 250, lastUsed: 10 - n }));
  expect(ids(makeRoom(room(holdings), need(300), pressure()))).toEqual(['d4', 'd3']);
});

test('what is leased, pinned or being filled never goes', () => {
  const holdings = [
    holding('leased', { storedBytes: 300, leases: 1 }),
    holding('pinned', { storedBytes: 300, pinned: true }),
    holding('filling', { storedBytes: 300, state: 'filling' }),
  ];
  expect(() => makeRoom(room(holdings), need(200), pressure())).toThrow(
    /needs 200 B and 'local' has 100 B free of 1.0 kB.*leased@v1 \(300 B, in use\), pinned@v1 \(300 B, pinned\)/,
  );
});

test('what will never fit evicts nothing', () => {
  expect(() => makeRoom(room([holding('a')]), need(2000), pressure())).toThrow(/no-space|needs/);
});

test('too few inodes are refused before the first byte', () => {
  expect(() => makeRoom(room([], { inodesFree: 50 }), need(10, 100), pressure())).toThrow(
    /100 files.*50 more files/,
  );
});

test('whatever is chosen, it fits afterwards and touched nothing that is in use', () => {
  const anyHolding = fc.record({
    storedBytes: fc.integer({ min: 0, max: 500 }),
    lastUsed: fc.integer({ min: 0, max: 9 }),
    leases: fc.integer({ min: 0, max: 1 }),
    pinned: fc.boolean(),
    expectedUses: fc.integer({ min: 0, max: 20 }),
  });
  fc.assert(
    fc.property(
      fc.array(anyHolding, { maxLength: 8 }),
      fc.integer({ min: 0, max: 1500 }),
      (changes, bytes) => {
        const all = room(changes.map((change, i) => holding(`d${i}`, change)));
        let evict: Victim[];
        try {
          evict = makeRoom(all, need(bytes), pressure());
        } catch {
          return;
        }
        const gone = new Set(ids(evict));
        const left = all.holdings.filter((each) => !gone.has(each.id));
        expect(spaceOf({ ...all, holdings: left }).left.bytes).toBeGreaterThanOrEqual(bytes);
        expect(evict.every(({ holding }) => holding.leases === 0 && !holding.pinned)).toBe(true);
        for (const spared of evict) {
          const others = all.holdings.filter((each) => each === spared.holding || !gone.has(each.id));
          expect(spaceOf({ ...all, holdings: others }).left.bytes).toBeLessThan(bytes);
        }
      },
    ),
  );
});

test('what is worth least goes first: seldom used, quickly brought back, large', () => {
  const holdings = [
    holding('often', { storedBytes: 250, expectedUses: 14, lastUsed: 1 }),
    holding('once', { storedBytes: 250, expectedUses: 1, lastUsed: 9 }),
    holding('many-files', { storedBytes: 250, storedInodes: 900, lastUsed: 2 }),
    holding('never', { storedBytes: 250, expectedUses: 0, lastUsed: 10 }),
  ];
  const all = room(holdings);
  expect(ids(makeRoom(all, need(250), pressure()))).toEqual(['never']);
  expect(ids(makeRoom(all, need(500), pressure()))).toEqual(['never', 'once']);
  expect(ids(makeRoom(all, need(750), pressure()))).toEqual(['never', 'once', 'often']);
});

test('one large placement goes rather than it and the small ones that were tried before', () => {
  const holdings = [
    holding('small', { storedBytes: 100, expectedUses: 0 }),
    holding('large', { storedBytes: 900, expectedUses: 1 }),
  ];
  expect(ids(makeRoom(room(holdings), need(900), pressure()))).toEqual(['large']);
});

test('a fill that nobody waits for evicts nothing worth more', () => {
  const holdings = [holding('a', { storedBytes: 600, expectedUses: 3 }), holding('b', { storedBytes: 400 })];
  const worth = (expectedUses: number) =>
    worthOf({ bytes: 400, files: 1, inodes: 1, expectedUses, usesLastWeek: 0 }, assumedRates);
  const automatic = worth(2);
  expect(ids(makeRoom(room(holdings), need(400), pressure({ automatic })))).toEqual(['b']);
  expect(() => makeRoom(room(holdings), need(500), pressure({ automatic }))).toThrow(/no-space|needs 500 B/);
  expect(() => makeRoom(room(holdings), need(400), pressure({ automatic: worth(0.5) }))).toThrow(
    /worth less/,
  );
  expect(ids(makeRoom(room(holdings), need(400), pressure()))).toEqual(['b']);
});

test('inodes have a capacity of their own, and what takes most of them goes', () => {
  const holdings = [
    holding('few', { storedBytes: 400, storedInodes: 10 }),
    holding('many', { storedBytes: 10, storedInodes: 80 }),
  ];
  const all = room(holdings, { inodeCapacity: 100 });
  expect(spaceOf(all).inodesFree).toBe(10);
  expect(ids(makeRoom(all, need(10, 50), pressure()))).toEqual(['many']);
  expect(() => makeRoom(all, need(10, 101), pressure())).toThrow(/may hold 100 files and folders/);
});

test('what was evicted counts until it is deleted, and is waited for before more goes', () => {
  const all = room([holding('a', { storedBytes: 600 })], { trash: { bytes: 300, inodes: 3 } });
  expect(spaceOf(all)).toMatchObject({ used: 900, free: 100 });
  expect(ids(makeRoom(all, need(400), pressure()))).toEqual([]);
  expect(ids(makeRoom(all, need(401), pressure()))).toEqual(['a']);
});
