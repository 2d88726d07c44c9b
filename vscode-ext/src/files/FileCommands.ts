import type { FileEntry } from '@forebay/core/api/schemas';
import { formatBytes } from '@forebay/core/api/text/units';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { refOf, type VersionTarget } from '../tree/target.ts';
import { type Choice, pickOne } from '../vscode/quickPick.ts';
import type { ContentOpener } from './ContentOpener.ts';
import { folderOf } from './contentPath.ts';

type Step = { open: string } | { enter: string } | { more: true };

export class FileCommands {
  readonly #datasets: DatasetsModel;
  readonly #picker: VersionPicker;
  readonly #opener: ContentOpener;

  constructor(datasets: DatasetsModel, picker: VersionPicker, opener: ContentOpener) {
    this.#datasets = datasets;
    this.#picker = picker;
    this.#opener = opener;
  }

  /** Opens a file of a version, read-only, in whatever viewer the editor has for it; a link as what it leads to. */
  readonly open = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Open a file of which version?');
    if (!target) return;
    const path = target.path === '' ? await this.#pickFile(target) : target.path;
    if (path !== undefined) await this.#opener.open({ ...target, path });
  };

  /** Folder by folder. */
  async #pickFile(target: VersionTarget): Promise<string | undefined> {
    let folder = '';
    for (;;) {
      const list = this.#datasets.files(target.dataset, target.version, folder);
      await list.load();
      const place = folder === '' ? refOf(target) : `${refOf(target)}:${folder}`;
      const step = await pickOne<Step>(`Open a file of ${place}`, choicesOf(folder, list.items, list.more));
      if (step === undefined) return undefined;
      if ('open' in step) return step.open;
      if ('enter' in step) folder = step.enter;
      else await list.showMore();
    }
  }
}

function choicesOf(folder: string, entries: readonly FileEntry[], more: boolean): Choice<Step>[] {
  const choices = entries.map(choiceOf);
  if (folder !== '') choices.unshift({ label: '$(arrow-up) ..', value: { enter: folderOf(folder) } });
  if (more) choices.push({ label: '$(ellipsis) Show more', value: { more: true } });
  return choices;
}

function choiceOf({ kind, path, size, target }: FileEntry): Choice<Step> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  switch (kind) {
    case 'folder':
      return { label: `$(folder) ${name}`, value: { enter: path } };
    case 'link':
      return { label: `$(file-symlink-file) ${name}`, description: `→ ${target}`, value: { open: path } };
    case 'file':
      return { label: `$(file) ${name}`, description: formatBytes(size), value: { open: path } };
  }
}
