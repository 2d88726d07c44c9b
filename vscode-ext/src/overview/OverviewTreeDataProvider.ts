import { EventEmitter, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { coalesce } from '../coalesce.ts';
import { NodeRegistry, type TreeNode } from '../tree/node.ts';
import { RowClock } from '../tree/RowClock.ts';
import { redrawPause } from '../tree/redrawPause.ts';
import { toTreeItem } from '../tree/toTreeItem.ts';
import type { OverviewModel } from './OverviewModel.ts';
import { overviewOf, type Part, welcomeOf } from './overview.ts';

/** Milliseconds after which an age may say something else. */
const minute = 60_000;

type Rows = ReturnType<typeof overviewOf>;

/** A few rows that answer for the whole, and the next step. */
export class OverviewTreeDataProvider implements TreeDataProvider<TreeNode> {
  readonly #changed = new EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #nodes = new NodeRegistry();
  readonly #overview: OverviewModel;
  #rows: Rows = [];
  #drawn = '';
  #clock: RowClock | undefined;

  constructor(overview: OverviewModel) {
    this.#overview = overview;
  }

  /** Draws again what says something else, ages too, and welcomes who has nothing yet. */
  attach(view: TreeView<TreeNode>): void {
    const redrawSoon = coalesce(redrawPause, async () => this.#redraw(view));
    this.#overview.changed.listen(redrawSoon);
    const clock = new RowClock(() => minute, redrawSoon);
    clock.attach(view);
    this.#clock = clock;
  }

  dispose(): void {
    this.#clock?.dispose();
  }

  #redraw(view: TreeView<TreeNode>): void {
    const { known } = this.#overview;
    if (known === undefined) return;
    this.#rows = overviewOf(known, Date.now());
    view.message = welcomeOf(known);
    const drawn = JSON.stringify(this.#rows);
    if (drawn !== this.#drawn) this.#changed.fire(undefined);
    this.#drawn = drawn;
  }

  getChildren(parent?: TreeNode): TreeNode[] {
    if (parent !== undefined) return [];
    return this.#rows.map(([part]) => this.#nodes.get({ kind: 'overview', part }));
  }

  getTreeItem(node: TreeNode): TreeItem {
    const [part, row] = this.#rows.find(([one]) => node.kind === 'overview' && one === node.part) ?? [];
    if (part === undefined || row === undefined) return { id: 'gone' };
    const item = toTreeItem(row, node);
    if (item.command) item.command.arguments = this.#argumentsOf(part);
    return item;
  }

  /** What the click of a row is about: the newest version, or the run. */
  #argumentsOf(part: Part): TreeNode[] {
    const { newest, run } = this.#overview.known ?? {};
    if (part === 'run' && run) return [{ kind: 'run', run: run.id }];
    if ((part === 'newest' || part === 'next') && newest?.latest) {
      return [{ kind: 'version', dataset: newest.name, version: newest.latest.version }];
    }
    return [];
  }
}
