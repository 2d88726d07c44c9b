import { isForebayError, type LineageNode, type LineageVersion, type Ref } from '../../api/index.ts';
import { type History, pickVersion, type VersionRecord } from '../../dataset/history.ts';
import { versionId } from '../../run/lineage/nodes.ts';
import type { Catalog } from '../lake/catalog.ts';

/** The version that a reference means, also one that was removed by its number. Throws as the catalogue does. */
export async function versionInLake(catalog: Catalog, ref: Ref): Promise<LineageVersion> {
  const { history } = await catalog.dataset(ref.name);
  const { selector } = ref;
  const removed =
    selector.kind === 'number' && history.removed.find(({ version }) => version === selector.number);
  return removed
    ? nodeOf(ref.name, removed, 'removed')
    : nodeOf(ref.name, pickVersion(history, ref.name, selector), 'there');
}

function nodeOf(name: string, record: VersionRecord, state: 'there' | 'removed'): LineageVersion {
  const { version, digest, files, bytes, time } = record;
  return { kind: 'version', id: versionId(name, digest), name, version, digest, state, files, bytes, time };
}

/** What the lake tells today of versions that runs remember; one that can't be asked leaves them unknown. */
export async function withLakeFacts(catalog: Catalog, nodes: readonly LineageNode[]): Promise<LineageNode[]> {
  const unknown = nodes.flatMap((node) =>
    node.kind === 'version' && node.state === 'unknown' ? [node.name] : [],
  );
  const histories = new Map<string, History | 'gone' | undefined>();
  for (const name of new Set(unknown)) histories.set(name, await historyOf(catalog, name));
  return nodes.map((node) =>
    node.kind === 'version' && node.state === 'unknown' ? judge(node, histories.get(node.name)) : node,
  );
}

async function historyOf(catalog: Catalog, name: string): Promise<History | 'gone' | undefined> {
  try {
    return (await catalog.dataset(name)).history;
  } catch (error) {
    return isForebayError(error, 'dataset-unknown') ? 'gone' : undefined;
  }
}

/** By content: the number may have been another's, in a dataset that was deleted and made again. */
function judge(node: LineageVersion, history: History | 'gone' | undefined): LineageVersion {
  if (history === undefined) return node;
  if (history === 'gone') return { ...node, state: 'removed' };
  const same = ({ digest }: VersionRecord) => digest === node.digest;
  const there = history.versions.filter(same);
  const found = there.find(({ version }) => version === node.version) ?? there.at(-1);
  if (found) return nodeOf(node.name, found, 'there');
  const removed = history.removed.find(same);
  return removed ? nodeOf(node.name, removed, 'removed') : { ...node, state: 'removed' };
}
