import {
  ForebayError,
  type Lineage,
  type LineageNode,
  type LineageQuery,
  parseRef,
} from '../../api/index.ts';
import { findNotebookNode, isNotebookId } from '../../run/lineage/notebooks.ts';
import {
  findModelNode,
  findRunNode,
  isModelId,
  isRunId,
  rememberedVersion,
} from '../../run/lineage/start.ts';
import { readLineage } from '../../run/lineage/walk.ts';
import type { Tracking } from '../../run/mlflow/handler.ts';
import type { Catalog } from '../lake/catalog.ts';
import { versionInLake, withLakeFacts } from './lake.ts';

/** What a version, a run, a model or a notebook was made from, and what came of it. Throws where there is no such thing. */
export async function lineageOf(catalog: Catalog, tracking: Tracking, query: LineageQuery): Promise<Lineage> {
  const start = await startOf(catalog, tracking, query.of);
  const lineage = await readLineage(tracking, start, query);
  return { ...lineage, nodes: await withLakeFacts(catalog, lineage.nodes) };
}

async function startOf(catalog: Catalog, { db }: Tracking, of: string): Promise<LineageNode> {
  if (isRunId(of)) return findRunNode(db, of);
  if (isModelId(of)) return findModelNode(db, of);
  if (isNotebookId(of)) return findNotebookNode(db, of);
  const ref = parseRef(of);
  try {
    return await versionInLake(catalog, ref);
  } catch (error) {
    // What the lake has no longer, or can't be asked for, runs may remember.
    const { selector } = ref;
    const remembered = await rememberedVersion(db, ref.name, ({ version, digest }) =>
      selector.kind === 'number'
        ? version === selector.number
        : selector.kind === 'digest' && digest.startsWith(`sha256:${selector.prefix}`),
    );
    if (!(error instanceof ForebayError) || !remembered) throw error;
    return remembered;
  }
}
