import path from 'node:path';
import { vsCodeId } from '@forebay/core/ui/verbs';
import {
  type Command,
  Disposable,
  RelativePattern,
  type SourceControl,
  type SourceControlResourceState,
  scm,
  Uri,
  workspace,
} from 'vscode';
import { contentPath } from '../files/contentPath.ts';
import { baseLabel, type Change, countOf, groupLabel, marks, newerText } from './changeText.ts';
import { insideOf } from './inside.ts';
import type { WorkingCopyModel } from './WorkingCopyModel.ts';

/**
 * One working copy in the editor's own Source Control view: what the next version would change, its message, and the
 * button that makes it.
 */
export class CopyControl {
  readonly #copy: WorkingCopyModel;
  readonly #control: SourceControl;
  readonly #all: Disposable;

  constructor(copy: WorkingCopyModel) {
    this.#copy = copy;
    const root = Uri.file(copy.folder);
    const control = scm.createSourceControl('forebay', `Forebay: ${path.basename(copy.folder)}`, root);
    const changes = control.createResourceGroup('changes', 'Changes');
    changes.hideWhenEmpty = true;
    control.inputBox.placeholder = 'What changed? ({0} makes the next version)';
    control.acceptInputCommand = {
      command: vsCodeId('dataset.sync'),
      title: 'Sync',
      arguments: [control],
    };
    control.quickDiffProvider = { provideOriginalResource: (uri) => this.#before(uri) };
    this.#control = control;

    const watcher = workspace.createFileSystemWatcher(new RelativePattern(root, '**/*'));
    const seen = ({ path: changed }: Uri) => {
      if (!changed.includes('/.forebay/')) copy.lookSoon();
    };
    const draw = () => {
      const { status } = copy;
      if (!status) return;
      changes.label = groupLabel(status);
      changes.resourceStates = status.changes.map((change) => this.#state(change));
      control.count = countOf(status);
      control.statusBarCommands = statusCommands(copy);
    };
    this.#all = Disposable.from(
      control,
      changes,
      watcher,
      ...[watcher.onDidChange(seen), watcher.onDidCreate(seen), watcher.onDidDelete(seen)],
      copy.changed.listen(draw),
    );
  }

  dispose(): void {
    this.#all.dispose();
    this.#copy.dispose();
  }

  #state(change: Change): SourceControlResourceState {
    const resourceUri = Uri.joinPath(this.#control.rootUri as Uri, change.path);
    const { tooltip } = marks[change.is];
    const decorations = {
      tooltip,
      strikeThrough: change.is === 'removed',
    };
    return { resourceUri, decorations, contextValue: change.is, command: this.#show(change, resourceUri) };
  }

  /** What is added opens as it is, what is removed as it was, and both sides of what changed. */
  #show({ path: inside, is }: Change, now: Uri): Command {
    const before = this.#inBase(inside);
    if (is === 'added' || !before) return { command: 'vscode.open', title: 'Open file', arguments: [now] };
    if (is === 'removed') return { command: 'vscode.open', title: 'Open file', arguments: [before] };
    const title = `${path.posix.basename(inside)} (v${this.#copy.status?.base} ↔ folder)`;
    return { command: 'vscode.diff', title: 'Show change', arguments: [before, now, title] };
  }

  #before(uri: Uri): Uri | undefined {
    if (uri.scheme !== 'file' || this.#copy.changeOf(uri.fsPath)?.is === 'added') return undefined;
    const inside = insideOf(this.#copy.folder, uri.fsPath);
    return inside === undefined || inside.startsWith('.forebay/') ? undefined : this.#inBase(inside);
  }

  #inBase(inside: string): Uri | undefined {
    const { status } = this.#copy;
    if (!status || status.base === 0) return undefined;
    const { dataset, base: version } = status;
    return Uri.from({ scheme: 'forebay', path: contentPath({ dataset, version, path: inside }) });
  }
}

/** What the status bar says of a working copy whose file is open. */
function statusCommands({ folder, status }: WorkingCopyModel): Command[] {
  if (!status) return [];
  const { dataset } = status;
  const commands: Command[] = [
    {
      command: vsCodeId('dataset.open'),
      title: `$(database) ${dataset} ${baseLabel(status)}`,
      tooltip: `${folder} stands on ${baseLabel(status)} of ${dataset}`,
      arguments: [{ kind: 'dataset', dataset }],
    },
  ];
  const newer = newerText(status, Date.now());
  if (newer !== undefined) {
    commands.push({
      command: vsCodeId('dataset.pull'),
      title: `$(repo-pull) v${status.newest?.version}`,
      tooltip: `Pull ${newer}`,
      arguments: [Uri.file(folder)],
    });
  }
  if (status.large) {
    commands.push({
      command: vsCodeId('dataset.look'),
      title: '$(search) Look for changes',
      tooltip: `${folder} has so many files that they aren't looked at unasked`,
      arguments: [Uri.file(folder)],
    });
  }
  return commands;
}
