import { ForebayError } from '@forebay/core/api/errors';
import { formatRef } from '@forebay/core/api/ref';
import type { FileEntry, Version } from '@forebay/core/api/schemas';
import { untilNextAge } from '@forebay/core/api/text/moment';
import { EventEmitter, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { PagedList } from '../pagedList.ts';
import { DrawnRows } from '../tree/DrawnRows.ts';
import { goneRow } from '../tree/goneRow.ts';
import { NodeRegistry, type ParentNode, type TreeNode } from '../tree/node.ts';
import { RowClock } from '../tree/RowClock.ts';
import { redrawPause } from '../tree/redrawPause.ts';
import type { Row } from '../tree/row.ts';
import { toTreeItem } from '../tree/toTreeItem.ts';
import type { DatasetsModel } from './DatasetsModel.ts';
import { datasetRow } from './datasetRow.ts';
import { fileRow } from './fileRow.ts';
import { moreRow, problemRow } from './pageRows.ts';
import { versionRow } from './versionRow.ts';

/** Milliseconds. */
const askAgain = 3000;
const minute = 60_000;

/** Dataset, version, folders and files. */
export class DatasetsTreeDataProvider implements TreeDataProvider<TreeNode> {
  readonly #changed = new EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #nodes = new NodeRegistry();
  readonly #drawn = new DrawnRows();
  readonly #expanded = new Set<TreeNode>();
  /** Datasets whose levels changed; undefined for all. */
  readonly #stale = new Set<string | undefined>();
  readonly #clock = new RowClock(
    (now) => this.#nextAge(now),
    () => this.#redrawAll(),
  );
  readonly #redrawSoon = coalesce(redrawPause, async () => this.#redraw());
  readonly #daemon: DaemonModel;
  readonly #datasets: DatasetsModel;
  readonly #placements: PlacementsModel;

  constructor(daemon: DaemonModel, datasets: DatasetsModel, placements: PlacementsModel) {
    this.#daemon = daemon;
    this.#datasets = datasets;
    this.#placements = placements;
    const all = () => this.#changed.fire(undefined);
    datasets.changed.listen((dataset) => this.#changed.fire(this.#known(dataset)));
    daemon.changed.listen(all);
    placements.changed.listen((dataset) => {
      this.#stale.add(dataset);
      this.#redrawSoon();
    });
  }

  /** Follows which rows are open; ages are right while somebody can see them. */
  attach(view: TreeView<TreeNode>): void {
    this.#clock.attach(view);
    view.onDidExpandElement(({ element }) => this.#expanded.add(element));
    view.onDidCollapseElement(({ element }) => this.#expanded.delete(element));
  }

  dispose(): void {
    this.#clock.dispose();
  }

  getTreeItem(node: TreeNode): TreeItem {
    return toTreeItem(this.#drawn.draw(node, this.#row(node)), node);
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    const list = this.#list(parent);
    if (list === undefined) return [];
    if (!list.loaded && this.#daemon.state.kind === 'offline') return [];
    try {
      await list.load();
    } catch (thrown) {
      // The welcome says it where nothing is known.
      if (parent === undefined && this.#daemon.state.kind === 'offline') return [];
      const { message, hint, status } = ForebayError.from(thrown);
      // What didn't answer is asked again; what isn't there stays so.
      if (status >= 500) setTimeout(() => this.#changed.fire(parent), askAgain);
      return [this.#nodes.get({ kind: 'problem', of: parent, message, hint })];
    }
    const nodes = list.items.map((item) => this.#nodes.get(childNode(parent, item)));
    return list.more ? [...nodes, this.#nodes.get({ kind: 'more', of: parent })] : nodes;
  }

  /** For `reveal`. */
  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === 'version' ? this.#nodes.get({ kind: 'dataset', dataset: node.dataset }) : undefined;
  }

  /** Opens the dataset's row and selects the version, however far down, without taking the focus. */
  async revealIn(view: TreeView<TreeNode>, dataset: string, version: number): Promise<void> {
    await this.#reachDataset(dataset);
    const versions = this.#datasets.versions(dataset);
    await versions.reload();
    if (!(await versions.reach((one) => one.version === version))) throw gone(formatRef(dataset, version));
    this.#changed.fire(undefined);
    await view.reveal(this.#nodes.get({ kind: 'version', dataset, version }), { select: true, focus: false });
  }

  async #reachDataset(name: string): Promise<void> {
    const isShown = async () => {
      await this.#datasets.datasets.reload();
      return this.#datasets.datasets.reach((one) => one.name === name);
    };
    if (await isShown()) return;
    // What the filter hides can't be shown.
    this.#datasets.setFilter('');
    if (!(await isShown())) throw gone(name);
  }

  async showMore(parent: ParentNode): Promise<void> {
    await this.#list(parent)?.showMore();
    this.#changed.fire(parent);
  }

  /** Levels change often: only rows that say something else are drawn again, not what stands below the top. */
  #redraw(): void {
    const stale = new Set(this.#stale);
    this.#stale.clear();
    const about = (node: TreeNode) =>
      (node.kind === 'dataset' || node.kind === 'version') &&
      (stale.has(undefined) || stale.has(node.dataset));
    for (const node of this.#drawn.changed(about, (one) => this.#row(one))) this.#changed.fire(node);
    this.#clock.set();
  }

  #redrawAll(): void {
    this.#stale.add(undefined);
    this.#redraw();
  }

  /** Milliseconds until a row's age says something else; a minute at most, for rows that are drawn meanwhile. */
  #nextAge(now: number): number {
    const times = this.#drawn.nodes.flatMap((node) => this.#versionOf(node)?.time ?? []);
    return Math.min(minute, ...times.map((time) => untilNextAge(time, now)));
  }

  /** Whose age a row tells: a dataset's is its newest's. */
  #versionOf(node: TreeNode): Version | undefined {
    if (node.kind === 'dataset') return this.#datasets.dataset(node.dataset)?.latest ?? undefined;
    return node.kind === 'version' ? this.#datasets.version(node.dataset, node.version) : undefined;
  }

  #known(dataset: string | undefined): TreeNode | undefined {
    return dataset === undefined ? undefined : this.#nodes.find({ kind: 'dataset', dataset });
  }

  #list(parent: ParentNode): PagedList<object> | undefined {
    switch (parent?.kind) {
      case undefined:
        return this.#datasets.datasets;
      case 'dataset':
        return this.#datasets.versions(parent.dataset);
      case 'version':
        return this.#datasets.files(parent.dataset, parent.version, '');
      case 'entry':
        return this.#datasets.files(parent.dataset, parent.version, parent.entry.path);
      default:
        return undefined;
    }
  }

  #row(node: TreeNode): Row {
    const now = Date.now();
    if (node.kind === 'dataset') {
      const dataset = this.#datasets.dataset(node.dataset);
      if (!dataset) return goneRow(node);
      const level = this.#placements.levelOf(dataset.name, dataset.latest?.version ?? 0);
      return datasetRow(dataset, level, now, this.#expanded.has(node));
    }
    if (node.kind === 'version') {
      const version = this.#datasets.version(node.dataset, node.version);
      if (!version) return goneRow(node);
      const latest = this.#datasets.dataset(node.dataset)?.latest?.version === node.version;
      return versionRow(version, this.#placements.levelOf(node.dataset, node.version), latest, now);
    }
    if (node.kind === 'entry') {
      const cached = this.#placements.readyPath(node.dataset, node.version) !== undefined;
      return fileRow(node.dataset, node.version, node.entry, cached);
    }
    if (node.kind === 'problem') return problemRow(node);
    return node.kind === 'more' ? moreRow(node) : goneRow(node);
  }
}

const gone = (name: string) => new ForebayError('version-unknown', `${name} isn't there any more.`);

function childNode(parent: ParentNode, item: object): TreeNode {
  if (parent === undefined) return { kind: 'dataset', dataset: (item as { name: string }).name };
  if (parent.kind === 'dataset') {
    return { kind: 'version', dataset: parent.dataset, version: (item as { version: number }).version };
  }
  const { dataset, version } = parent as { dataset: string; version: number };
  return { kind: 'entry', dataset, version, entry: item as FileEntry };
}
