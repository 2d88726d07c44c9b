import {
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
} from 'vscode';
import { coalesce } from '../coalesce.ts';
import type { JobsModel } from '../jobs/JobsModel.ts';
import { jobRow } from '../jobs/jobRow.ts';
import { levelOf } from '../levels/level.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import { DrawnRows } from '../tree/DrawnRows.ts';
import { goneRow } from '../tree/goneRow.ts';
import { grownRows, type Shapes } from '../tree/grownRows.ts';
import { idOf, NodeRegistry, type TreeNode } from '../tree/node.ts';
import { RowClock } from '../tree/RowClock.ts';
import { redrawPause } from '../tree/redrawPause.ts';
import type { Row } from '../tree/row.ts';
import { toTreeItem } from '../tree/toTreeItem.ts';
import type { CachesModel } from './CachesModel.ts';
import { cacheRow, placementRow } from './cacheRow.ts';
import { nextCount } from './countdown.ts';

/** Running jobs, then caches with what lies on them. */
export class CachesTreeDataProvider implements TreeDataProvider<TreeNode> {
  readonly #changed = new EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #nodes = new NodeRegistry();
  readonly #drawn = new DrawnRows();
  readonly #clock = new RowClock(
    (now) => nextCount(this.#placements.all, now),
    () => this.#redraw(),
  );
  #shapes: Shapes = new Map();
  readonly #caches: CachesModel;
  readonly #placements: PlacementsModel;
  readonly #jobs: JobsModel;

  constructor(caches: CachesModel, placements: PlacementsModel, jobs: JobsModel) {
    this.#caches = caches;
    this.#placements = placements;
    this.#jobs = jobs;
    const redrawSoon = coalesce(redrawPause, async () => this.#redraw());
    for (const signal of [caches.changed, placements.changed, jobs.changed]) signal.listen(redrawSoon);
  }

  /** Countdowns count while somebody can see them. */
  attach(view: TreeView<TreeNode>): void {
    this.#clock.attach(view);
  }

  dispose(): void {
    this.#clock.dispose();
  }

  /** No more than what says something else: all where jobs or caches came or went, a cache where placements did, else rows. */
  #redraw(): void {
    const before = this.#shapes;
    const top = this.getChildren();
    this.#shapes = new Map(top.map((node) => [idOf(node), this.getChildren(node).map(idOf).join('\n')]));
    const grown = grownRows(before, this.#shapes);
    const changed = this.#drawn.changed(
      () => true,
      (node) => this.#row(node),
    );
    const parents = grown && top.filter((node) => grown.includes(idOf(node)));
    for (const node of parents ? new Set([...parents, ...changed]) : [undefined]) this.#changed.fire(node);
    this.#clock.set();
  }

  getTreeItem(node: TreeNode): TreeItem {
    const item = toTreeItem(this.#drawn.draw(node, this.#row(node)), node);
    if (node.kind === 'cache') item.collapsibleState = TreeItemCollapsibleState.Expanded;
    return item;
  }

  getChildren(parent?: TreeNode): TreeNode[] {
    if (parent?.kind === 'cache') return this.#placementsOn(parent.cache);
    if (parent !== undefined) return [];
    const jobs = [...this.#jobs.running.keys()].map((job) => this.#nodes.get({ kind: 'job', job }));
    const caches = this.#caches.all.map(({ name }) => this.#nodes.get({ kind: 'cache', cache: name }));
    return [...jobs, ...caches];
  }

  #placementsOn(cache: string): TreeNode[] {
    return this.#placements.all
      .filter((one) => one.cache === cache)
      .toSorted((a, b) => a.dataset.localeCompare(b.dataset) || b.version - a.version)
      .map(({ id, dataset, version }) =>
        this.#nodes.get({ kind: 'placement', placement: id, dataset, version }),
      );
  }

  #row(node: TreeNode): Row {
    if (node.kind === 'cache') {
      const cache = this.#caches.all.find(({ name }) => name === node.cache);
      if (cache) return cacheRow(cache);
    }
    if (node.kind === 'placement') {
      const placement = this.#placements.find(node.placement);
      if (placement) {
        const level = levelOf([placement], this.#jobs.running);
        return placementRow(placement, level, Date.now(), this.#placements.leasesOf(placement.id));
      }
    }
    if (node.kind === 'job') {
      const job = this.#jobs.running.get(node.job);
      if (job) return jobRow(job);
    }
    return goneRow(node);
  }
}
