import { isForebayError } from '../../src/api/errors.ts';
import type { Job, Placement } from '../../src/api/schemas.ts';
import { formatPart, type SelectionRequest } from '../../src/api/selection.ts';
import { formatBytes, formatCount, formatDuration } from '../../src/api/text/units.ts';
import type { Actor, NoteAction } from '../host.ts';
import { followJob } from './followJob.ts';
import { keepPinned, pinAction } from './pinPlacement.ts';

export interface FillRequest extends SelectionRequest {
  /** `NAME@v3`. */
  ref: string;
  /** Left out: Forebay chooses. */
  cache?: string;
}

/** What failed is tried again where it was wanted, and as much of it; else Forebay chooses. `placements` are the version's. */
export function fillRequest(ref: string, placements: readonly Placement[]): FillRequest {
  const failed = placements.find(({ state }) => state === 'failed');
  return failed ? { ref, cache: failed.cache, ...(failed.selection ?? {}) } : { ref };
}

export interface FillOptions {
  /** The person has seen what is pushed out; else they are asked where something is. */
  agreed?: boolean;
  /** It stays once it is there, whoever needs room. */
  pin?: boolean;
  /** Once it is sure which placement it is. */
  started?: (placement: Placement) => void;
  /** False where the person sees it anyway. */
  sayReady?: () => boolean;
  sayFailure?: (error: unknown) => boolean;
}

/** Puts a version, or a part of it, into a cache and says when it is there. Resolves when it is, or when that failed and was said. */
export async function fillVersion(
  actor: Actor,
  request: FillRequest,
  options: FillOptions = {},
): Promise<void> {
  const { client, notify } = actor;
  try {
    if (!options.agreed && !(await agrees(actor, request))) return;
    const placement = await client.placements.add(request);
    options.started?.(placement);
    if (options.pin) void keepPinned(actor, placement.id);
    if (placement.job === null) return sayThere(actor, placement, options);
    const job = await followJob(actor, placement.job);
    if (options.sayReady?.() === false) return;
    notify({
      kind: 'done',
      text: readySentence(placement, job),
      actions: whenReady(actor, await client.placements.get(placement.id)),
    });
  } catch (error) {
    if (isForebayError(error, 'cancelled') || options.sayFailure?.(error) === false) return;
    notify({
      kind: 'failed',
      error,
      actions: [fillAction(actor, 'Retry', request, options)],
    });
  }
}

export const fillAction = (
  actor: Actor,
  label: string,
  request: FillRequest,
  options: FillOptions,
): NoteAction => ({
  label,
  act: () => void fillVersion(actor, request, options),
  deed: { does: 'fill', request, agreed: options.agreed ?? false, pin: options.pin ?? false },
});

/** Nothing was to be done, which nobody sees otherwise. */
function sayThere(actor: Actor, placement: Placement, { sayReady }: FillOptions): void {
  if (placement.state !== 'ready' || sayReady?.() === false) return;
  const { dataset, version, selection, cache } = placement;
  actor.notify({
    kind: 'info',
    text: `${formatPart(dataset, version, selection)} is on ${cache} already.`,
    actions: whenReady(actor, placement),
  });
}

/** Nothing is pushed out that a person wasn't told of. */
async function agrees({ client, ask }: Actor, request: FillRequest): Promise<boolean> {
  const { evict, cache, dataset, version, selection } = await client.placements.plan(request);
  if (evict.length === 0) return true;
  const goes = evict.map(
    (one) => `${formatPart(one.dataset, one.version, one.selection)}, ${formatBytes(one.bytes)}: ${one.why}`,
  );
  return ask({
    title: `Push out ${formatCount(evict.length, 'version')}?`,
    body: [
      `${cache} has no room for ${formatPart(dataset, version, selection)} until this is gone. The lake still has it:`,
      ...goes,
    ],
    agree: 'Push out and cache',
  });
}

/** 'scans@v2 is ready on gpu-hall in 3 min 51 s.' */
export function readySentence(placement: Placement, job: Job | null): string {
  const { dataset, version, selection, cache } = placement;
  return `${formatPart(dataset, version, selection)} is ready on ${cache}${job ? tookSentence(job) : ''}.`;
}

function tookSentence({ created, ended }: Job): string {
  if (ended === null) return '';
  const seconds = (Date.parse(ended) - Date.parse(created)) / 1000;
  return seconds < 1 ? '' : ` in ${formatDuration(seconds)}`;
}

/** What is usually next. */
export function whenReady(actor: Actor, placement: Placement): NoteAction[] {
  const { path, dataset, version, selection } = placement;
  return [
    // To mount a version is to have all of it: of a part there is the path.
    ...(selection === null
      ? [
          {
            label: 'Insert mount code',
            act: () => actor.act('insert-mount', dataset, version),
            deed: { does: 'act', verb: 'insert-mount', dataset, version } as const,
          },
        ]
      : []),
    ...(path === null
      ? []
      : [
          {
            label: 'Copy path',
            act: () => actor.copy(path),
            deed: { does: 'copy', text: path } as const,
          },
        ]),
    ...(placement.pinned ? [] : [pinAction(actor, 'Pin', placement, true)]),
  ];
}
