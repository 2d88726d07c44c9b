import { nothingSelected, type Selection, selectionText } from '../../api/index.ts';
import { measureSelection, type PartSize } from '../../dataset/selection.ts';
import type { FoundVersion } from '../lake/catalog.ts';

/** What is wanted on a cache: a version, or the selected part of it. */
export interface WantedVersion extends FoundVersion {
  selection?: Selection | null;
}

/** A version never changes, so how much of it a selection is is remembered; the longest ago asked for goes first. */
const kept = 64;
const sizes = new Map<string, Promise<PartSize>>();

/** Files and bytes of what is wanted. Throws `path-unknown` where the selection selects nothing, `bad-request`. */
export async function sizeOf(wanted: WantedVersion): Promise<{ files: number; bytes: number }> {
  const { opened, dataset, version, selection } = wanted;
  if (!selection) return version;
  const key = `${dataset.id} ${version.digest} ${selectionText(selection)}`;
  const size = sizes.get(key) ?? measureSelection(opened.lake, dataset.id, version.root, selection);
  sizes.delete(key);
  sizes.set(key, size);
  size.catch(() => sizes.delete(key));
  const oldest = sizes.keys().next().value;
  if (sizes.size > kept && oldest !== undefined) sizes.delete(oldest);
  const { entries, files, bytes } = await size;
  if (entries === 0) throw nothingSelected(dataset.name, version.version, selection);
  return { files, bytes };
}

/** As the database keeps it: '' for the whole version. */
export function selectionOfRow({ selection }: { selection: string }): Selection | null {
  return selection === '' ? null : (JSON.parse(selection) as Selection);
}
