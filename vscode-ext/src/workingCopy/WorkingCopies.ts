import path from 'node:path';
import { ForebayError } from '@forebay/core/api/errors';
import { commands, Disposable, type SourceControl, Uri, window, workspace } from 'vscode';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { PlaceInDataset } from '../files/FileHistoryCommands.ts';
import { pickFolder } from '../vscode/pickFolder.ts';
import type { Choice } from '../vscode/quickPick.ts';
import { sourceControlOf } from '../vscode/sourceControlOf.ts';
import { ChangeDecorations } from './ChangeDecorations.ts';
import { CopyControl } from './CopyControl.ts';
import { baseLabel } from './changeText.ts';
import { findWorkingCopies } from './findWorkingCopies.ts';
import { insideOf } from './inside.ts';
import { WorkingCopyModel } from './WorkingCopyModel.ts';

/** Milliseconds between two searches for working copies. */
const findPause = 2000;

/** The working copies of this window. Nothing of a folder is read before it is trusted. */
export class WorkingCopies {
  readonly #daemon: DaemonModel;
  readonly #copies = new Map<string, { model: WorkingCopyModel; control: CopyControl }>();
  readonly #decorations = new ChangeDecorations(() => this.#models());
  readonly #all: Disposable;

  constructor(daemon: DaemonModel) {
    this.#daemon = daemon;
    const find = () => void this.find();
    const findSoon = coalesce(findPause, () => this.find());
    this.#all = Disposable.from(
      window.registerFileDecorationProvider(this.#decorations),
      workspace.onDidChangeWorkspaceFolders(find),
      workspace.onDidGrantWorkspaceTrust(find),
      // A version was made, here or elsewhere, perhaps of a folder that was no working copy; or the daemon came back.
      daemon.hints.listen(({ kind }) => {
        if (kind !== 'dataset' && kind !== 'reset') return;
        for (const model of this.#models()) model.lookSoon();
        findSoon();
      }),
    );
    find();
  }

  /** After a folder may have become a working copy, or have gone. */
  async find(): Promise<void> {
    const found = new Set(workspace.isTrusted ? await findWorkingCopies() : []);
    for (const [folder, { control }] of this.#copies) {
      if (found.has(folder)) continue;
      control.dispose();
      this.#copies.delete(folder);
    }
    for (const folder of found) if (!this.#copies.has(folder)) this.#add(folder);
    void commands.executeCommand('setContext', 'forebay.workingCopies', found.size > 0);
    this.#decorations.redraw();
  }

  /** Which path of which dataset a file on disk is; undefined where it lies in no working copy. */
  readonly placeOf = (file: Uri): PlaceInDataset | undefined => {
    if (file.scheme !== 'file') return undefined;
    for (const { folder, status } of this.#models()) {
      const inside = insideOf(folder, file.fsPath);
      if (status && inside !== undefined) return { dataset: status.dataset, path: inside, onDisk: file };
    }
    return undefined;
  };

  /** As a person chooses one, with what each stands on; those of one dataset where it is named. */
  readonly choices = (dataset?: string): Choice<Uri>[] =>
    [...this.#models()]
      .filter(({ status }) => dataset === undefined || status?.dataset === dataset)
      .map(({ folder, status }) => ({
        label: `$(repo) ${path.basename(folder)}`,
        description: status ? `${status.dataset} ${baseLabel(status)}` : folder,
        value: Uri.file(folder),
      }));

  /** Looks at a folder however many files it has. */
  readonly look = async (clicked?: Uri | SourceControl): Promise<void> => {
    const folder = clicked instanceof Uri ? clicked : sourceControlOf(clicked)?.rootUri;
    const chosen = folder ?? (await pickFolder('Look for changes in which folder?', 'Look', this.choices()));
    if (!chosen) return;
    const copy = this.#copies.get(chosen.fsPath);
    if (!copy)
      throw new ForebayError('not-a-working-copy', `${chosen.fsPath} is no working copy of this window.`);
    await copy.model.look(true);
  };

  dispose(): void {
    this.#all.dispose();
    for (const { control } of this.#copies.values()) control.dispose();
  }

  #add(folder: string): void {
    const model = new WorkingCopyModel(this.#daemon, folder);
    this.#copies.set(folder, { model, control: new CopyControl(model) });
    model.changed.listen(() => {
      this.#decorations.redraw();
      if (model.status === null) void this.find();
    });
    model.lookSoon();
  }

  *#models(): Iterable<WorkingCopyModel> {
    for (const { model } of this.#copies.values()) yield model;
  }
}
