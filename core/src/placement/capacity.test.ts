import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRoom } from './makeRoom.ts';
import { assumedRates } from './refill.ts';
import { type Amount, type Holding, type Room, spaceOf, sumOf } from './room.ts';

/** A placement in the simulation: what was promised it, and what really lies on the disk. */
type Simulated = Holding & { disk: Amount; real: Amount };

const none: Amount = { bytes: 0, inodes: 0 };
const plus = (a: Amount, b: Amount): Amount => ({ bytes: a.bytes + b.bytes, inodes: a.inodes + b.inodes });

/** Plays what the hub does with a cache: fills promise, wait for their room, write, end; evictions take their time. */
class Simulation {
  readonly capacity: number;
  readonly inodeCapacity: number;
  placements: Simulated[] = [];
  /** As it is counted; and what really lies there. */
  trash: Amount = none;
  #realTrash: Amount = none;
  #next = 0;

  constructor(capacity: number, inodeCapacity: number) {
    this.capacity = capacity;
    this.inodeCapacity = inodeCapacity;
  }

  room(without?: string): Room {
    return {
      cache: 'local',
      capacity: this.capacity,
      inodeCapacity: this.inodeCapacity,
      diskFree: Number.MAX_SAFE_INTEGER,
      inodesFree: null,
      trash: this.trash,
      holdings: this.placements.filter((each) => each.id !== without),
    };
  }

  /** Everything on the disk now. */
  onDisk(): Amount {
    return this.placements.reduce((sum, each) => plus(sum, each.disk), this.#realTrash);
  }

  request(promised: Amount, real: Amount): void {
    const id = `d${this.#next++}`;
    try {
      const pressure = { rates: assumedRates, mayEvict: true };
      for (const { holding } of makeRoom(this.room(), { ref: id, ...promised }, pressure)) {
        this.#find(holding.id).state = 'evicting';
      }
    } catch {
      return;
    }
    this.placements.push({
      id,
      dataset: id,
      version: 1,
      selection: null,
      ref: id,
      state: 'queued',
      storedBytes: promised.bytes,
      storedInodes: promised.inodes,
      writtenBytes: 0,
      writtenInodes: 0,
      lastUsed: this.#next,
      leases: 0,
      pinned: false,
      expectedUses: this.#next % 5,
      usesLastWeek: 0,
      disk: none,
      real,
    });
  }

  /** Begins only once its room is really there, and writes a part of what it needs. */
  write(share: number): void {
    const fill = this.#some(['queued', 'filling'], share);
    if (!fill) return;
    if (fill.state === 'queued') {
      const { left } = spaceOf(this.room(fill.id));
      if (left.bytes < fill.storedBytes || left.inodes < fill.storedInodes) return;
      fill.state = 'filling';
    }
    fill.disk = {
      bytes: Math.min(fill.real.bytes, fill.disk.bytes + Math.ceil(fill.real.bytes * share)),
      inodes: Math.min(fill.real.inodes, fill.disk.inodes + Math.ceil(fill.real.inodes * share)),
    };
    fill.writtenBytes = fill.disk.bytes;
    fill.writtenInodes = fill.disk.inodes;
  }

  publish(share: number): void {
    const fill = this.#some(['filling'], share);
    if (!fill) return;
    fill.disk = fill.real;
    Object.assign(fill, { state: 'ready', storedBytes: fill.real.bytes, storedInodes: fill.real.inodes });
  }

  /** A failed or cancelled fill's staging is trash, counted as what it had reserved until it was measured. */
  cancel(share: number): void {
    const fill = this.#some(['queued', 'filling'], share);
    if (!fill) return;
    this.#remove(fill);
    this.trash = plus(this.trash, sumOf([fill]));
    this.#realTrash = plus(this.#realTrash, fill.disk);
  }

  evict(share: number): void {
    const ready = this.#some(['ready'], share);
    if (ready) ready.state = 'evicting';
  }

  /** On NFS what was evicted stays in the trash for a while. */
  evicted(share: number, deleted: boolean): void {
    const leaving = this.#some(['evicting'], share);
    if (!leaving) return;
    this.#remove(leaving);
    if (deleted) return;
    this.trash = plus(this.trash, sumOf([leaving]));
    this.#realTrash = plus(this.#realTrash, leaving.disk);
  }

  sweep(): void {
    this.trash = none;
    this.#realTrash = none;
  }

  #some(states: Holding['state'][], share: number): Simulated | undefined {
    const all = this.placements.filter((each) => states.includes(each.state));
    return all[Math.floor(share * all.length)];
  }

  #find(id: string): Simulated {
    return this.placements.find((each) => each.id === id) as Simulated;
  }

  #remove(gone: Simulated): void {
    this.placements = this.placements.filter((each) => each !== gone);
  }
}

const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const request = fc.record({
  kind: fc.constant('request' as const),
  bytes: fc.integer({ min: 1, max: 700 }),
  inodes: fc.integer({ min: 1, max: 60 }),
  slack: fc.integer({ min: 0, max: 200 }),
});
const onOne = (...kinds: ('write' | 'publish' | 'cancel' | 'evict')[]) =>
  fc.record({ kind: fc.constantFrom(...kinds), share });
const evicted = fc.record({ kind: fc.constant('evicted' as const), share, deleted: fc.boolean() });
const step = fc.oneof(
  { weight: 4, arbitrary: request },
  { weight: 6, arbitrary: onOne('write', 'publish') },
  { weight: 2, arbitrary: onOne('cancel', 'evict') },
  { weight: 2, arbitrary: evicted },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sweep' as const) }) },
);

test('whatever is asked for in whatever order, the disk never holds more than the capacity', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      const cache = new Simulation(1000, 100);
      for (const each of steps) {
        if (each.kind === 'request') {
          const real = { bytes: each.bytes, inodes: each.inodes };
          cache.request({ bytes: each.bytes + each.slack, inodes: each.inodes }, real);
        } else if (each.kind === 'evicted') cache.evicted(each.share, each.deleted);
        else if (each.kind === 'sweep') cache.sweep();
        else cache[each.kind](each.share);
        const { bytes, inodes } = cache.onDisk();
        expect(bytes).toBeLessThanOrEqual(1000);
        expect(inodes).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 500 },
  );
});
