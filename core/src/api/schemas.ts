import { z } from '@hono/zod-openapi';

export { apiVersion, schemaVersion } from './version.ts';

const count = z.number().int().nonnegative();
const bytes = count.describe('bytes');
const time = z.iso.datetime().describe('RFC 3339, UTC');

export const Hello = z
  .object({
    version: z.string(),
    apiMin: count,
    apiMax: count,
    schema: count,
    bundle: z.string().describe('sha256 of the program that runs, first 12 digits'),
    pid: count,
  })
  .openapi('Hello');

export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    code: z.string(),
    hint: z.string().optional(),
  })
  .openapi('Problem');

export const LakeInfo = z
  .object({
    id: z.string(),
    url: z.string().describe('s3://bucket/prefix or an absolute path'),
    temporary: z.boolean().describe('on a file system that a restart may empty'),
    endpoint: z.string().optional(),
    region: z.string().optional(),
  })
  .openapi('Lake');

/** Credentials are kept in memory only. */
export const LakeRequest = z
  .object({
    url: z.string(),
    endpoint: z.string().optional(),
    region: z.string().optional(),
    credentials: z
      .object({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string().optional() })
      .optional(),
  })
  .openapi('LakeRequest');

/** An S3 store beside the lake; credentials are kept in memory only. */
export const StoreRequest = LakeRequest.omit({ url: true })
  .extend({ endpoint: z.url().optional().describe("none: Amazon's own") })
  .openapi('StoreRequest');

export const Version = z
  .object({
    dataset: z.string(),
    version: count,
    digest: z.string().describe('sha256:HEX of the logical manifest'),
    parents: z.array(count),
    author: z.string(),
    message: z.string(),
    time,
    files: count,
    bytes,
    tags: z.array(z.string()),
    added: count,
    changed: count,
    removed: count,
  })
  .openapi('Version');

export const Dataset = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    created: time,
    latest: Version.nullable(),
  })
  .openapi('Dataset');

export const FileEntry = z
  .object({
    path: z.string().describe('within the version, separated by /'),
    kind: z.enum(['file', 'folder', 'link']),
    size: bytes,
    files: count.optional().describe('below a folder'),
    executable: z.boolean().optional(),
    target: z.string().optional().describe("a link's"),
    sha256: z.string().optional(),
    mtime: time.optional(),
  })
  .openapi('FileEntry');

const PathSize = z.object({ path: z.string(), size: bytes });
export const Diff = z
  .object({ added: z.array(PathSize), changed: z.array(PathSize), removed: z.array(PathSize) })
  .openapi('Diff');

/** Part of a version, by globs; sorted, each once. */
export const Selection = z
  .object({
    include: z.array(z.string()).describe('globs of which one must match; none: everything'),
    exclude: z.array(z.string()).describe('globs of which none may match'),
  })
  .openapi('Selection');

/** How requests name a part; neither: the whole version. */
export const selectionFields = {
  include: z.array(z.string()).optional().describe('only paths that one of these globs matches'),
  exclude: z.array(z.string()).optional().describe('no path that one of these globs matches'),
};

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

export const LeaseHolder = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('manual') }).describe('until unmount; survives the daemon'),
    z.object({ kind: z.literal('process'), pid: count, started: z.string().optional() }),
    z
      .object({ kind: z.literal('connection'), label: z.string() })
      .describe('as long as /leases/{id}/hold is open'),
  ])
  .openapi('LeaseHolder');

export const Lease = z
  .object({
    id: z.string(),
    placement: z.string(),
    dataset: z.string(),
    version: count,
    selection: Selection.nullable().describe('the part that is kept; null for the whole version'),
    cache: z.string(),
    path: z.string().nullable().describe('null until the placement is ready'),
    holder: LeaseHolder,
    since: time,
    job: z.string().nullable().describe('the fill to wait for'),
  })
  .openapi('Lease');

export const JobKind = z.enum([
  'sync',
  'import',
  'pull',
  'clone',
  'verify',
  'fill',
  'evict',
  'cache-verify',
  'collect',
  'repack',
  'repair',
]);
export const JobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']);

export const Progress = z
  .object({
    phase: z
      .string()
      .describe('scanning, listing, packing, uploading, committing, filling, verifying, publishing, ...'),
    files: count,
    filesTotal: count.nullable(),
    bytes,
    bytesTotal: count.nullable(),
    bytesPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  })
  .openapi('Progress');

export const Job = z
  .object({
    id: z.string(),
    kind: JobKind,
    state: JobState,
    title: z.string().describe("for people: 'Filling mnist@v2'"),
    dataset: z.string().nullable(),
    version: count.nullable(),
    cache: z.string().nullable(),
    progress: Progress,
    result: z.unknown().describe('per kind, once done; see the endpoint that made it'),
    problem: ProblemBody.nullable(),
    created: time,
    ended: time.nullable(),
  })
  .openapi('Job');

export const SyncResult = z
  .object({
    dataset: z.string(),
    version: count,
    digest: z.string(),
    files: count,
    bytes,
    added: count,
    changed: count,
    removed: count,
    uploadedBytes: bytes,
    resumedBytes: bytes.describe('that an interrupted sync before it had uploaded'),
  })
  .openapi('SyncResult');

export const ImportResult = SyncResult.extend({
  skipped: z
    .object({ count, some: z.array(z.object({ key: z.string(), problem: z.string() })) })
    .describe("objects that can't be files of a version; `some` names the first hundred"),
}).openapi('ImportResult');

export const CheckoutResult = z
  .object({
    dataset: z.string(),
    version: count.describe('what the folder now stands on'),
    folder: z.string(),
    added: count,
    changed: count,
    removed: count,
    conflicts: z.array(z.string()).describe('paths that both sides changed; the folder keeps its own'),
  })
  .openapi('CheckoutResult');

export const VerifyResult = z
  .object({
    ok: z.boolean(),
    files: count,
    bytes,
    problems: z.array(z.object({ path: z.string(), problem: z.string() })),
  })
  .openapi('VerifyResult');

const Clearing = z
  .array(z.object({ cache: z.string(), job: z.string() }))
  .describe('cached copies that go too, each by a job');

export const RemovedVersion = z
  .object({ dataset: z.string(), version: count, tags: z.array(z.string()), clearing: Clearing })
  .openapi('RemovedVersion');

export const DeletedDataset = z
  .object({ dataset: z.string(), versions: count, clearing: Clearing })
  .openapi('DeletedDataset');

const Objects = z.object({ objects: count, bytes });

export const CollectResult = z
  .object({
    dataset: z.string(),
    dryRun: z.boolean().describe('nothing was changed: what would be done'),
    unreferenced: z
      .array(z.object({ kind: z.enum(['packs', 'pages', 'roots', 'changes']), objects: count, bytes }))
      .describe('all that no version refers to'),
    young: Objects.describe('of it, left alone: somebody may be uploading it'),
    named: Objects.describe('of it, named as garbage now'),
    waiting: Objects.extend({ until: time.nullable() }).describe('of it, named less than a day ago'),
    deleted: Objects.describe('of it, named a day ago or more'),
  })
  .openapi('CollectResult');

export const RepackResult = z
  .object({
    dataset: z.string(),
    dryRun: z.boolean().describe('nothing was changed: what would be done'),
    packs: count.describe('that versions refer to'),
    sparse: Objects.describe('of them, less than half in use: their live content goes into new packs'),
    live: bytes.describe('of content to copy'),
    scattered: z.array(count).describe('versions whose manifest pages are to be gathered'),
    relocated: z.array(count).describe('versions that refer to the new objects now'),
    uploadedBytes: bytes,
    problems: z.array(z.object({ path: z.string(), problem: z.string() })),
  })
  .openapi('RepackResult');

export const RepairResult = z
  .object({
    dataset: z.string(),
    versions: count.describe('that were read'),
    files: count.describe('that are whole; what versions share counts once'),
    bytes,
    healed: z.array(z.object({ path: z.string(), from: z.string().describe('where its bytes were found') })),
    relocated: z.array(count).describe('versions that refer to the healed content now'),
    uploadedBytes: bytes,
    problems: z
      .array(z.object({ path: z.string(), problem: z.string() }))
      .describe('what could not be healed'),
  })
  .openapi('RepairResult');

export const WorkingCopy = z
  .object({
    folder: z.string(),
    dataset: z.string(),
    base: count.describe('0: no version yet'),
    latest: count,
    selection: Selection.optional().describe('of a working copy of a part'),
  })
  .openapi('WorkingCopy');

export const Status = z
  .object({
    pid: count,
    url: z.string().describe('unix:PATH'),
    home: z.string(),
    version: z.string(),
    lake: LakeInfo.nullable(),
    caches: z.array(CacheStore),
    jobs: z.array(Job).describe('queued and running'),
  })
  .openapi('Status');

export const Rebuilt = z
  .object({
    time,
    aside: z.string().nullable().describe('where the former database is kept; null: there was none'),
    caches: z.array(z.object({ name: z.string(), path: z.string(), placements: count })),
    quietUntil: time.describe('nothing is cleared unasked before'),
  })
  .openapi('Rebuilt');

/** A hint that something changed; read it again at its own address. `reset` means: read everything again. */
export const ChangeEvent = z
  .object({
    id: count,
    kind: z.enum(['lake', 'dataset', 'cache', 'placement', 'lease', 'job', 'reset']),
    subject: z.string().describe("a dataset's or cache's name, or an id"),
  })
  .openapi('ChangeEvent');

/** One page of a list; `next` is the cursor of the following one, null at the end. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export type Hello = z.infer<typeof Hello>;
export type LakeInfo = z.infer<typeof LakeInfo>;
export type LakeRequest = z.infer<typeof LakeRequest>;
export type StoreRequest = z.infer<typeof StoreRequest>;
export type Version = z.infer<typeof Version>;
export type Dataset = z.infer<typeof Dataset>;
export type FileEntry = z.infer<typeof FileEntry>;
export type Diff = z.infer<typeof Diff>;
export type Selection = z.infer<typeof Selection>;
export type CacheStore = z.infer<typeof CacheStore>;
export type Placement = z.infer<typeof Placement>;
export type PlacementPlan = z.infer<typeof PlacementPlan>;
export type CacheStats = z.infer<typeof CacheStats>;
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export type LeaseHolder = z.infer<typeof LeaseHolder>;
export type Lease = z.infer<typeof Lease>;
export type JobKind = z.infer<typeof JobKind>;
export type JobState = z.infer<typeof JobState>;
export type Progress = z.infer<typeof Progress>;
export type Job = z.infer<typeof Job>;
export type SyncResult = z.infer<typeof SyncResult>;
export type ImportResult = z.infer<typeof ImportResult>;
export type CheckoutResult = z.infer<typeof CheckoutResult>;
export type VerifyResult = z.infer<typeof VerifyResult>;
export type RemovedVersion = z.infer<typeof RemovedVersion>;
export type DeletedDataset = z.infer<typeof DeletedDataset>;
export type CollectResult = z.infer<typeof CollectResult>;
export type RepackResult = z.infer<typeof RepackResult>;
export type RepairResult = z.infer<typeof RepairResult>;
export type WorkingCopy = z.infer<typeof WorkingCopy>;
export type Status = z.infer<typeof Status>;
export type Rebuilt = z.infer<typeof Rebuilt>;
export type ChangeEvent = z.infer<typeof ChangeEvent>;
