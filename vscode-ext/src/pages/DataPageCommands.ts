import { formatRef } from '@forebay/core/api/ref';
import { cachesView, cachingView, lineageView, setUpView, tableView, writeView } from '@forebay/core/ui/view';
import type { VersionPicker } from '../datasets/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';

/** Pages about a dataset or a version: what was made of it, and by whom. */
export class DataPageCommands {
  readonly #picker: VersionPicker;
  readonly #show: (view: string) => void;

  constructor(picker: VersionPicker, show: (view: string) => void) {
    this.#picker = picker;
    this.#show = show;
  }

  /** Runs that read any version of a dataset. */
  readonly runs = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Runs that used which dataset?');
    if (target) this.#show(writeView({ ...tableView, filter: `dataset.name = '${target.dataset}'` }));
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
