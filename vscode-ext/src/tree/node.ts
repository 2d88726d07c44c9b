import type { FileEntry } from '@forebay/core/api/schemas';

/** What a tree's rows stand for: keys, and what never changes. The same object for the same thing, always. */
export type TreeNode =
  | { kind: 'dataset'; dataset: string }
  | { kind: 'version'; dataset: string; version: number }
  | { kind: 'entry'; dataset: string; version: number; entry: FileEntry }
  | { kind: 'more'; of: ParentNode }
  | { kind: 'problem'; of: ParentNode; message: string; hint: string | undefined }
  | { kind: 'cache'; cache: string }
  | { kind: 'placement'; placement: string; dataset: string; version: number }
  | { kind: 'job'; job: string }
  | { kind: 'overview'; part: string }
  | { kind: 'run'; run: string }
  | { kind: 'fact'; run: string; title: string; icon: string };

/** A node with pages of children; undefined is the top. */
export type ParentNode = TreeNode | undefined;

export type NodeKind = TreeNode['kind'];
export type NodeOf<K extends NodeKind> = Extract<TreeNode, { kind: K }>;

export function idOf(node: ParentNode): string {
  switch (node?.kind) {
    case undefined:
      return '';
    case 'dataset':
      return `dataset ${node.dataset}`;
    case 'version':
      return `version ${node.dataset}@v${node.version}`;
    case 'entry':
      return `entry ${node.dataset}@v${node.version}:${node.entry.path}`;
    case 'more':
      return `more ${idOf(node.of)}`;
    case 'problem':
      return `problem ${idOf(node.of)} ${node.message}`;
    case 'cache':
      return `cache ${node.cache}`;
    case 'placement':
      return `placement ${node.placement}`;
    case 'job':
      return `job ${node.job}`;
    case 'overview':
      return `overview ${node.part}`;
    case 'run':
      return `run ${node.run}`;
    case 'fact':
      return `fact ${node.run} ${node.icon} ${node.title}`;
  }
}

/** Gives out one object for each thing, since the editor knows rows by identity. */
export class NodeRegistry {
  readonly #nodes = new Map<string, TreeNode>();

  get<N extends TreeNode>(node: N): N {
    const id = idOf(node);
    const known = this.#nodes.get(id);
    if (known?.kind === node.kind) return known as N;
    this.#nodes.set(id, node);
    return node;
  }

  /** The node as the editor knows it, if it was ever shown. */
  find(node: TreeNode): TreeNode | undefined {
    return this.#nodes.get(idOf(node));
  }
}
