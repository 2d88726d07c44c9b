import {
  Disposable,
  EventEmitter,
  FileDecoration,
  type FileDecorationProvider,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { FolderStatuses, type StatusItem } from './FolderStatuses.ts';
import { markOf } from './mark.ts';

/** Milliseconds between two looks at a folder in which files keep changing. */
const pause = 1500;

const colors: Record<StatusItem['is'], string> = {
  added: 'gitDecoration.addedResourceForeground',
  changed: 'gitDecoration.modifiedResourceForeground',
  removed: 'gitDecoration.deletedResourceForeground',
  ignored: 'gitDecoration.ignoredResourceForeground',
};

/** Marks in the explorer what a sync would take: read of what is on screen, in a trusted workspace, while the daemon runs. */
export class WorkingCopyDecorations implements FileDecorationProvider {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  readonly #daemon: DaemonModel;
  readonly #statuses: FolderStatuses;
  readonly #parts: Disposable;

  constructor(daemon: DaemonModel) {
    this.#daemon = daemon;
    this.#statuses = new FolderStatuses(async (folder, signal) =>
      (await daemon.client()).workingCopies.status(folder, { signal }),
    );
    const again = coalesce(pause, async () => {
      this.#statuses.forget();
      this.#changed.fire(undefined);
    });
    const touched = ({ path }: Uri) => {
      if (this.#statuses.found && !/\/\.(forebay|git)(\/|$)/.test(path)) again();
    };
    const watcher = workspace.createFileSystemWatcher('**/*');
    this.#parts = Disposable.from(
      window.registerFileDecorationProvider(this),
      watcher,
      watcher.onDidChange(touched),
      watcher.onDidCreate(touched),
      watcher.onDidDelete(touched),
      workspace.onDidGrantWorkspaceTrust(again),
      daemon.changed.listen(again),
      daemon.hints.listen(({ kind }) => {
        if (kind === 'dataset' || kind === 'lake' || kind === 'reset') again();
      }),
    );
  }

  async provideFileDecoration(uri: Uri): Promise<FileDecoration | undefined> {
    if (uri.scheme !== 'file' || !workspace.isTrusted || this.#daemon.state.kind !== 'online')
      return undefined;
    const top = workspace.getWorkspaceFolder(uri)?.uri.fsPath;
    const item = top === undefined ? undefined : await this.#statuses.itemOf(uri.fsPath, top);
    if (!item) return undefined;
    const { badge, title } = markOf(item);
    return new FileDecoration(badge, title, new ThemeColor(colors[item.is]));
  }

  dispose(): void {
    this.#parts.dispose();
    this.#statuses.forget();
    this.#changed.dispose();
  }
}
