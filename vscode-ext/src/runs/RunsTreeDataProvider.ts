import { EventEmitter, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { coalesce } from '../coalesce.ts';
import { DrawnRows } from '../tree/DrawnRows.ts';
import { goneRow } from '../tree/goneRow.ts';
import { grownRows, type Shapes } from '../tree/grownRows.ts';
import { idOf, NodeRegistry, type TreeNode } from '../tree/node.ts';
import { RowClock } from '../tree/RowClock.ts';
import { redrawPause } from '../tree/redrawPause.ts';
import type { Row } from '../tree/row.ts';
import { toTreeItem } from '../tree/toTreeItem.ts';
import { factShapes } from './factShapes.ts';
import type { RunsModel } from './RunsModel.ts';
import { factsOf, nextRunAge, runRow } from './runRow.ts';

/** The latest runs, and what each used and gave. */
export class RunsTreeDataProvider implements TreeDataProvider<TreeNode> {
  readonly #changed = new EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #nodes = new NodeRegistry();
  readonly #drawn = new DrawnRows();
  readonly #runs: RunsModel;
  readonly #clock = new RowClock(
    (now) => nextRunAge(this.#runs.all, now),
    () => this.#redraw(),
  );
  #shapes: Shapes = new Map();

  constructor(runs: RunsModel) {
    this.#runs = runs;
    const redrawSoon = coalesce(redrawPause, async () => this.#redraw());
    runs.changed.listen(redrawSoon);
  }

  /** Ages are right while somebody can see them. */
  attach(view: TreeView<TreeNode>): void {
    this.#clock.attach(view);
  }

  dispose(): void {
    this.#clock.dispose();
  }

  /** No more than what says something else: all where runs came or went, a run with its facts where these did, else rows. */
  #redraw(): void {
    const before = this.#shapes;
    this.#shapes = factShapes(this.#runs.all);
    const grown = grownRows(before, this.#shapes);
    const changed = this.#drawn.changed(
      () => true,
      (node) => this.#row(node),
    );
    const runs = grown?.map((run) => this.#nodes.get({ kind: 'run', run }));
    for (const node of runs ? new Set<TreeNode>([...runs, ...changed]) : [undefined])
      this.#changed.fire(node);
    this.#clock.set();
  }

  getTreeItem(node: TreeNode): TreeItem {
    return toTreeItem(this.#drawn.draw(node, this.#row(node)), node);
  }

  getChildren(parent?: TreeNode): TreeNode[] {
    if (parent === undefined)
      return this.#runs.all.map(({ id }) => this.#nodes.get({ kind: 'run', run: id }));
    const run = parent.kind === 'run' ? this.#runs.find(parent.run) : undefined;
    if (!run) return [];
    return factsOf(run).map(({ title, icon }) => this.#nodes.get({ kind: 'fact', run: run.id, title, icon }));
  }

  #row(node: TreeNode): Row {
    const run = node.kind === 'run' || node.kind === 'fact' ? this.#runs.find(node.run) : undefined;
    if (run && node.kind === 'run') return runRow(run, Date.now());
    if (run && node.kind === 'fact') {
      const fact = factsOf(run).find(({ title, icon }) => title === node.title && icon === node.icon);
      if (fact) return factRow(node, fact);
    }
    return goneRow(node);
  }
}

function factRow(node: TreeNode, { title, value, icon }: ReturnType<typeof factsOf>[number]): Row {
  return {
    id: idOf(node),
    label: title,
    description: value,
    icon,
    spoken: `${title} ${value}`,
    context: 'fact',
    expandable: false,
  };
}
