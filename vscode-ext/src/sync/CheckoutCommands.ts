import path from 'node:path';
import { ForebayError } from '@forebay/core/api/errors';
import { formatRef } from '@forebay/core/api/ref';
import type { CheckoutResult, Job, PullChoice } from '@forebay/core/api/schemas';
import { formatCount } from '@forebay/core/api/units';
import { commands, Uri, window } from 'vscode';
import type { MakeActor } from '../actions/editorActor.ts';
import { changeWords } from '../datasets/changeWords.ts';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { inputText } from '../vscode/inputText.ts';
import { showDone, showError } from '../vscode/messages.ts';
import { pickFolder } from '../vscode/pickFolder.ts';
import type { Choice } from '../vscode/quickPick.ts';
import { sourceControlOf } from './sourceControlOf.ts';

type Follow = (job: Job) => Promise<CheckoutResult>;

/** Brings versions into folders. */
export class CheckoutCommands {
  readonly #actor: MakeActor;
  readonly #picker: VersionPicker;
  readonly #copies: () => Choice<Uri>[];

  constructor(actor: MakeActor, picker: VersionPicker, copies: () => Choice<Uri>[]) {
    this.#actor = actor;
    this.#picker = picker;
    this.#copies = copies;
  }

  /** `clicked` is the folder of a menu, or a working copy in the Source Control view. */
  readonly pull = async (clicked?: unknown): Promise<void> => {
    const given = clicked instanceof Uri ? clicked : sourceControlOf(clicked)?.rootUri;
    const uri = given ?? (await pickFolder('Pull into which folder?', 'Pull', this.#copies()));
    if (!uri) return;
    const { client, follow } = await this.#follower();
    const { dataset, base, latest, folder } = await client.workingCopies.get(uri.fsPath);
    if (latest <= base) {
      const said =
        base === 0 ? `${dataset} has no version yet.` : `${dataset} has nothing newer than v${base}.`;
      return void showDone(said);
    }
    const { clashes = [] } = await follow(await client.workingCopies.pull(folder, { dryRun: true }));
    const choices = await chooseSides(dataset, latest, clashes);
    if (choices === undefined) return;
    const pulled = await follow(await client.workingCopies.pull(folder, { choices }));
    void showDone(pulledSentence(pulled), {
      'Sync folder': () => commands.executeCommand('forebay.dataset.sync', Uri.file(folder)),
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

  async #follower() {
    const { client, follow } = await this.#actor();
    const wait: Follow = async (job) =>
      (await (follow ?? client.jobs.follow.bind(client.jobs))(job.id)).result as CheckoutResult;
    return { client, follow: wait };
  }
}

type Clash = NonNullable<CheckoutResult['clashes']>[number];

/** Of what both sides changed, what to take; undefined when the person leaves. */
async function chooseSides(
  dataset: string,
  version: number,
  clashes: readonly Clash[],
): Promise<Record<string, PullChoice> | undefined> {
  if (clashes.length === 0) return {};
  const items = clashes.map(({ path, mine, theirs }) => ({
    label: path,
    description: `yours ${mine}, theirs ${theirs}`,
  }));
  const taken = await window.showQuickPick(items, {
    title: `Both sides changed ${formatCount(clashes.length, 'file')}`,
    placeHolder: `Tick those to take from ${formatRef(dataset, version)}; the others stay yours`,
    canPickMany: true,
  });
  return taken && Object.fromEntries(taken.map(({ label }): [string, PullChoice] => [label, 'theirs']));
}

function pulledSentence(pulled: CheckoutResult): string {
  const { dataset, version, conflicts } = pulled;
  const listed = conflicts.slice(0, 5).join(', ') + (conflicts.length > 5 ? ', …' : '');
  const kept = conflicts.length === 0 ? '' : ` Both sides changed, yours kept: ${listed}.`;
  const changes = changeWords(pulled) || 'nothing had to change';
  return `The folder stands on ${formatRef(dataset, version)}: ${changes}.${kept}`;
}

function checkFolderName(name: string): void {
  if (name.trim() !== '' && !/[/\\]/.test(name) && name !== '.' && name !== '..') return;
  throw new ForebayError(
    'bad-path',
    `'${name}' can't be a folder's name.`,
    'Write one name without slashes.',
  );
}
