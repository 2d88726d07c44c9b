import { z } from '@hono/zod-openapi';
import { bytes, count, ProblemBody, time } from './common.ts';
import { Selection } from './dataset.ts';

export const CacheStore = z
  .object({
    id: z.string(),
    name: z.string(),
    site: z.string(),
    path: z.string(),
    capacity: bytes,
    used: bytes.describe('ready placements, an inode counted once'),
    reserved: bytes.describe('by fills under way'),
    free: bytes.describe('of the capacity and of the disk, whichever is less'),
    inodesFree: count.nullable(),
    inodeCapacity: count
      .nullable()
      .optional()
      .describe('files, folders and links; null where only the disk limits them'),
    ttlSeconds: count.describe('a placement ages out this long after its last use'),
    temporary: z.boolean(),
    reachable: z.boolean(),
  })
  .openapi('CacheStore');

export const PlacementState = z.enum(['queued', 'filling', 'ready', 'evicting', 'failed']);

export const Placement = z
  .object({
    id: z.string(),
    dataset: z.string(),
    version: count,
    digest: z.string(),
    selection: Selection.nullable().describe('the part of the version that is there; null for the whole'),
    cache: z.string(),
    site: z.string(),
    state: PlacementState,
    files: count,
    bytes,
    path: z.string().nullable().describe('where the files are; null until ready'),
    lastUsed: time,
    expires: time.nullable().describe('null while leased or pinned'),
    pinned: z.boolean(),
    leases: count,
    job: z.string().nullable().describe('the job that fills or evicts it'),
    problem: ProblemBody.nullable().describe('why it failed'),
  })
  .openapi('Placement');

/** Of a version; a part counts as it. */
export const LastUse = z
  .object({
    dataset: z.string(),
    version: count,
    lastUsed: time.describe('from a cache, also where it is no longer there'),
  })
  .openapi('LastUse');

/** A placement that would go, with what it is worth and why it goes before others. */
const Evictee = z.object({
  placement: z.string(),
  dataset: z.string(),
  version: count,
  selection: Selection.nullable().describe('of a part; null for the whole version'),
  bytes: bytes.describe('that the disk has back'),
  inodes: count,
  lastUsed: time,
  usesLastWeek: count,
  expectedUses: z.number(),
  refillSeconds: z.number().describe('to bring it back from the lake'),
  value: z.number().describe('expected uses x seconds to bring it back / gigabytes'),
  why: z.string().describe("for people: 'used 14 times in the last week, 3 min to bring back'"),
});

export const PlacementPlan = z
  .object({
    dataset: z.string(),
    version: count,
    selection: Selection.nullable().describe('of a part; null for the whole version'),
    cache: z.string(),
    state: PlacementState.nullable().describe('null: not there yet'),
    files: count.describe('of the version, or of the part'),
    size: bytes.describe('of the version, or of the part'),
    missingBytes: bytes.describe('of them that must come from the lake, at most; of a candidate exactly'),
    bytes: bytes.describe('that it would reserve; never less than it takes'),
    inodes: count,
    seconds: z.number().describe('that filling it takes, as far as that can be told'),
    measured: z.boolean().describe("whether that comes from the cache's own fills"),
    free: bytes,
    inodesFree: count.nullable(),
    evict: z.array(Evictee).describe('what it would push out, in that order'),
    problem: ProblemBody.nullable().describe('why it does not fit'),
  })
  .openapi('PlacementPlan');

/** A cache that a version could go to, and what speaks for and against it. */
export const Candidate = PlacementPlan.extend({
  site: z.string(),
  fit: z
    .enum(['there', 'coming', 'room', 'pushes-out', 'refused'])
    .describe('there: nothing to do; coming: it is being filled; pushes-out: others would go'),
  why: z.string().describe("for people: '12 s: most of it is there already'"),
}).openapi('Candidate');

const counts = z.record(z.string(), count);

export const CacheStats = z
  .object({
    cache: z.string(),
    site: z.string(),
    capacity: bytes.describe('committed'),
    inodeCapacity: count.nullable(),
    used: bytes.describe('by placements, and by what is not deleted yet'),
    usedInodes: count,
    reserved: bytes.describe('by fills under way'),
    reservedInodes: count,
    trash: bytes.describe('evicted, not deleted yet; part of what is used'),
    free: bytes,
    inodesFree: count.nullable(),
    placements: count,
    pinned: count,
    leased: count,
    hits: count.describe('requests that found their version ready'),
    misses: count,
    servedBytes: bytes.describe('of versions that were mounted from the cache instead of the lake'),
    filledBytes: bytes.describe('that fills took from the lake'),
    fills: counts.describe('by who asked: person, mount, refill'),
    fillsLost: counts.describe('failed, cancelled'),
    evictions: counts.describe('by reason: aged-out, pressure, person, replaced, damaged, detached'),
    bytesPerSecond: z.number(),
    filesPerSecond: z.number(),
    measured: z.boolean().describe('whether the rates come from fills, or are assumed'),
    scrub: z.object({
      everySeconds: count.describe('0: never'),
      bytesPerSecond: count,
      bytes: bytes.describe('read again so far'),
      damagedFiles: count.describe('found so far'),
      damagedNow: count,
      oldest: time.nullable().describe('when what was not proved for longest was proved'),
      next: time.nullable(),
    }),
    agesOut: z
      .array(
        z.object({
          placement: z.string(),
          dataset: z.string(),
          version: count,
          selection: Selection.nullable().describe('of a part; null for the whole version'),
          bytes,
          at: time,
        }),
      )
      .describe('soonest first'),
    underPressure: z.array(Evictee).describe('what would go first where room is short'),
  })
  .openapi('CacheStats');

export const HistoryEntry = z
  .object({
    id: count,
    time: time.describe('when it ended'),
    kind: z.enum(['fill', 'eviction']),
    outcome: z.enum(['done', 'failed', 'cancelled']),
    reason: z
      .string()
      .describe(
        'of a fill: person, mount, refill; of an eviction: aged-out, pressure, person, replaced, damaged, detached',
      ),
    for: z.string().nullable().describe('under pressure: whose room was made'),
    cache: z.string(),
    dataset: z.string(),
    version: count,
    selection: Selection.nullable().describe('of a part; null for the whole version'),
    bytes: bytes.describe('of the version, or of the part'),
    moved: bytes.describe('that came from the lake, or that the disk had back'),
    seconds: z.number().nullable(),
    problem: z.string().nullable(),
  })
  .openapi('HistoryEntry');

export type CacheStore = z.infer<typeof CacheStore>;
export type LastUse = z.infer<typeof LastUse>;
export type Placement = z.infer<typeof Placement>;
export type Candidate = z.infer<typeof Candidate>;
export type PlacementPlan = z.infer<typeof PlacementPlan>;
export type CacheStats = z.infer<typeof CacheStats>;
export type HistoryEntry = z.infer<typeof HistoryEntry>;
