import type { FileEntry } from '@forebay/core/api/schemas';
import { formatBytes } from '@forebay/core/api/units';
import { commands, Uri } from 'vscode';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { refOf, type VersionTarget } from '../tree/target.ts';
import { type Choice, pickOne } from '../vscode/quickPick.ts';
import { contentPath, folderOf } from './contentPath.ts';

type Step = { open: string } | { enter: string } | { more: true };

export class FileCommands {
  readonly #datasets: DatasetsModel;
  readonly #picker: VersionPicker;

  constructor(datasets: DatasetsModel, picker: VersionPicker) {
    this.#datasets = datasets;
    this.#picker = picker;
  }

  /** Opens a file of a version, read-only, in whatever viewer the editor has for it. */
  readonly open = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Open a file of which version?');
    if (!target) return;
    const path = target.path === '' ? await this.#pickFile(target) : target.path;
    if (path === undefined) return;
    const uri = Uri.from({ scheme: 'forebay', path: contentPath({ ...target, path }) });
    await commands.executeCommand('vscode.open', uri);
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
  const choices: Choice<Step>[] = entries
    .filter(({ kind }) => kind !== 'link')
    .map(({ kind, path, size }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return kind === 'folder'
        ? { label: `$(folder) ${name}`, value: { enter: path } }
        : { label: `$(file) ${name}`, description: formatBytes(size), value: { open: path } };
    });
  if (folder !== '') choices.unshift({ label: '$(arrow-up) ..', value: { enter: folderOf(folder) } });
  if (more) choices.push({ label: '$(ellipsis) Show more', value: { more: true } });
  return choices;
}
