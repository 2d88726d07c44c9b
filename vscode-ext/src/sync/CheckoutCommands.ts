import path from 'node:path';
import { ForebayError } from '@forebay/core/api/errors';
import { formatRef } from '@forebay/core/api/ref';
import type { CheckoutResult, Job } from '@forebay/core/api/schemas';
import { replacedSentence } from '@forebay/core/api/text/pullText';
import { formatCount } from '@forebay/core/api/text/units';
import { commands, type SourceControl, Uri } from 'vscode';
import { copyText, type MakeActor } from '../actions/editorActor.ts';
import { changeWords } from '../datasets/changeWords.ts';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { NodeOf, TreeNode } from '../tree/node.ts';
import { inputText } from '../vscode/inputText.ts';
import { showDone, showError } from '../vscode/messages.ts';
import { pickFolder } from '../vscode/pickFolder.ts';
import type { Choice } from '../vscode/quickPick.ts';
import { sourceControlOf } from '../vscode/sourceControlOf.ts';
import { chooseSides } from './chooseSides.ts';

type Follow = (job: Job) => Promise<CheckoutResult>;

/** Brings versions into folders. */
export class CheckoutCommands {
  readonly #actor: MakeActor;
  readonly #picker: VersionPicker;
  readonly #copies: (dataset?: string) => Choice<Uri>[];

  constructor(actor: MakeActor, picker: VersionPicker, copies: (dataset?: string) => Choice<Uri>[]) {
    this.#actor = actor;
    this.#picker = picker;
    this.#copies = copies;
  }

  /** `clicked` is the folder of a menu, a working copy in the Source Control view, or a dataset's row. */
  readonly pull = async (clicked?: Uri | SourceControl | NodeOf<'dataset'>): Promise<void> => {
    const uri = await this.#folderOf(clicked);
    if (!uri) return;
    const { client, follow } = await this.#follower();
    const { dataset, base, latest, folder } = await client.workingCopies.get(uri.fsPath);
    if (latest <= base) {
      const said =
        base === 0 ? `${dataset} has no version yet.` : `${dataset} has nothing newer than v${base}.`;
      return void showDone(said);
    }
    const { clashes = [] } = await follow(await client.workingCopies.pull(folder, { dryRun: true }));
    const choices = await chooseSides(clashes);
    if (choices === undefined) return;
    const pulled = await follow(await client.workingCopies.pull(folder, { choices }));
    const { replaced } = pulled;
    void showDone(pulledSentence(pulled), {
      'Sync folder': () => commands.executeCommand('forebay.dataset.sync', Uri.file(folder)),
      ...(replaced ? { 'Copy path of what was replaced': () => copyText(replaced.folder) } : {}),
    });
  };

  readonly clone = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Clone which version?');
    if (!target) return;
    const { dataset, version } = target;
    const ref = formatRef(dataset, version);
    const parent = await pickFolder(`Clone ${ref} into a new folder below`, 'Clone here');
    if (!parent) return;
    const name = await inputText({
      title: `Clone ${ref} into ${path.basename(parent.fsPath)}`,
      prompt: 'Name of the new folder.',
      value: dataset,
      check: checkFolderName,
    });
    if (!name) return;
    const folder = path.join(parent.fsPath, name);
    const { client, follow } = await this.#follower();
    const { added } = await follow(await client.workingCopies.clone({ ref, folder }));
    const open = (forceNewWindow: boolean) =>
      commands.executeCommand('vscode.openFolder', Uri.file(folder), { forceNewWindow });
    void showDone(`${ref} is in ${folder}: ${formatCount(added, 'file')}.`, {
      'Reveal in Explorer': () =>
        commands.executeCommand('revealInExplorer', Uri.file(folder)).then(undefined, showError),
      'Open in new window': () => open(true),
    });
  };

  async #folderOf(clicked: Uri | SourceControl | NodeOf<'dataset'> | undefined): Promise<Uri | undefined> {
    if (clicked instanceof Uri) return clicked;
    const control = sourceControlOf(clicked);
    if (control) return control.rootUri;
    const dataset = clicked && 'kind' in clicked ? clicked.dataset : undefined;
    const copies = this.#copies(dataset);
    const [only, ...more] = copies;
    if (dataset !== undefined && only && more.length === 0) return only.value;
    return pickFolder('Pull into which folder?', 'Pull', copies);
  }

  async #follower() {
    const { client, follow } = await this.#actor();
    const wait: Follow = async (job) =>
      (await (follow ?? client.jobs.follow.bind(client.jobs))(job.id)).result as CheckoutResult;
    return { client, follow: wait };
  }
}

function pulledSentence(pulled: CheckoutResult): string {
  const { dataset, version, conflicts } = pulled;
  const listed = conflicts.slice(0, 5).join(', ') + (conflicts.length > 5 ? ', …' : '');
  const kept = conflicts.length === 0 ? '' : ` Both sides changed, yours kept: ${listed}.`;
  const changes = changeWords(pulled) || 'nothing had to change';
  const stands = `The folder stands on ${formatRef(dataset, version)}: ${changes}.${kept}`;
  return [stands, replacedSentence(pulled)].filter(Boolean).join(' ');
}

function checkFolderName(name: string): void {
  if (name.trim() !== '' && !/[/\\]/.test(name) && name !== '.' && name !== '..') return;
  throw new ForebayError(
    'bad-path',
    `'${name}' can't be a folder's name.`,
    'Write one name without slashes.',
  );
}
