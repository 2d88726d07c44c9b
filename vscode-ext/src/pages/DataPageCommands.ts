import { formatRef } from '@forebay/core/api/ref';
import {
  cachesView,
  cachingView,
  datasetsView,
  datasetView,
  diffView,
  lineageView,
  setUpView,
  tableView,
  writeView,
} from '@forebay/core/ui/view';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';

/** Pages about a dataset or a version: what was made of it, and by whom. */
export class DataPageCommands {
  readonly #picker: VersionPicker;
  readonly #show: (view: string) => void;

  constructor(picker: VersionPicker, show: (view: string) => void) {
    this.#picker = picker;
    this.#show = show;
  }

  readonly datasets = (): void => this.#show(writeView(datasetsView));

  /** Of a version's row its files. */
  readonly dataset = async (node?: TreeNode): Promise<void> => {
    const dataset = await this.#picker.dataset(node, 'Open which dataset?');
    if (!dataset) return;
    const more = node?.kind === 'version' ? { tab: 'files' as const, version: node.version } : {};
    this.#show(writeView(datasetView(dataset.name, more)));
  };

  /** What changed between two versions, from the older to the newer. */
  readonly compare = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Compare which version?');
    if (!target) return;
    const { dataset, version } = target;
    const other = await this.#picker.other(
      target,
      `Compare ${formatRef(dataset, version)} with which version?`,
    );
    if (other === undefined) return;
    this.#show(writeView(diffView(dataset, Math.min(version, other), Math.max(version, other))));
  };

  /** Runs that read any version of a dataset. */
  readonly runs = async (node?: TreeNode): Promise<void> => {
    const dataset = await this.#picker.dataset(node, 'Runs that used which dataset?');
    if (dataset) this.#show(writeView({ ...tableView, filter: `dataset.name = '${dataset.name}'` }));
  };

  readonly lineage = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Lineage of which version?');
    if (target) this.#show(writeView(lineageView(formatRef(target.dataset, target.version))));
  };

  /** Caching a version with a choice of cache and of how much. */
  readonly caching = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Cache which version?');
    if (target) this.#show(writeView(cachingView(formatRef(target.dataset, target.version))));
  };

  readonly caches = (): void => this.#show(writeView(cachesView));

  readonly setUp = (): void => this.#show(writeView(setUpView));
}
