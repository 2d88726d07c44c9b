import {
  formatRef,
  nothingSelected,
  type Selection,
  selectionOptions,
  selectionText,
} from '../../api/index.ts';
import type { VersionRecord } from '../../dataset/history.ts';
import { measureSelection, type PartSize } from '../../dataset/selection.ts';
import type { PlacedVersion } from '../jobs/task.ts';
import type { FoundVersion } from '../lake/catalog.ts';
import { Shared } from '../shared.ts';
import type { PlacementRow } from '../store/tables.ts';

/** What is wanted on a cache: a version, or the selected part of it. */
export interface WantedVersion extends FoundVersion {
  selection?: Selection | null;
  /** Who asks has gone: nothing more needs to be found out. */
  signal?: AbortSignal;
}

/** A part, and how much it is; null for the whole version. */
export type Part = { selection: Selection; files: number; bytes: number } | null;

/** A version never changes, so how much of it a selection is is remembered; the longest ago asked for goes first. */
const kept = 64;
const sizes = new Map<string, Shared<PartSize>>();

/** Files and bytes of what is wanted. Throws `path-unknown` where the selection selects nothing, `bad-request`. */
export async function sizeOf(wanted: WantedVersion): Promise<{ files: number; bytes: number }> {
  const { opened, dataset, version, selection, signal } = wanted;
  if (!selection) return version;
  const key = `${dataset.id} ${version.digest} ${selectionText(selection)}`;
  const known = sizes.get(key);
  const measure = (stop: AbortSignal) =>
    measureSelection(opened.lake, dataset.id, version.root, selection, stop);
  const size = known && !known.stopped ? known : new Shared(measure);
  sizes.delete(key);
  sizes.set(key, size);
  const oldest = sizes.keys().next().value;
  if (sizes.size > kept && oldest !== undefined) sizes.delete(oldest);
  const { entries, files, bytes } = await size.get(signal).catch((error) => {
    // Who goes away takes nothing from the others.
    if (sizes.get(key) === size && (size.stopped || !signal?.aborted)) sizes.delete(key);
    throw error;
  });
  if (entries === 0) throw nothingSelected(dataset.name, version.version, selection);
  return { files, bytes };
}

export async function partOfWanted(wanted: WantedVersion): Promise<Part> {
  const { selection } = wanted;
  return selection ? { selection, ...(await sizeOf(wanted)) } : null;
}

/** As the database keeps it: '' for the whole version. */
export function selectionOfRow({ selection }: { selection: string }): Selection | null {
  return selection === '' ? null : (JSON.parse(selection) as Selection);
}

export function partOfRow(row: Pick<PlacementRow, 'selection' | 'files' | 'bytes'>): Part {
  const selection = selectionOfRow(row);
  return selection && { selection, files: row.files, bytes: row.bytes };
}

/** A version, or a part of it, as job threads are told of it. */
export function placed(version: VersionRecord, part: Part): PlacedVersion {
  return { ...version, selection: null, ...part };
}

/** What to write after a command, for people: 'mnist@v2 --include images'. */
export function partArguments(row: Pick<PlacementRow, 'dataset_name' | 'version' | 'selection'>): string {
  const selection = selectionOfRow(row);
  return `${formatRef(row.dataset_name, row.version)}${selection ? ` ${selectionOptions(selection)}` : ''}`;
}
