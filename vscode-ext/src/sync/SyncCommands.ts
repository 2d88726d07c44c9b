import path from 'node:path';
import { ForebayError, isForebayError } from '@forebay/core/api/errors';
import { checkName, formatRef } from '@forebay/core/api/ref';
import type { Job, SyncPreview, SyncResult, WorkingCopy } from '@forebay/core/api/schemas';
import { previewSentence } from '@forebay/core/api/text/previewText';
import { suggestName } from '@forebay/core/api/text/suggestName';
import { formatBytes, formatCount } from '@forebay/core/api/text/units';
import type { Client, SyncRequest } from '@forebay/core/client';
import { vsCodeId } from '@forebay/core/ui/verbs';
import { commands, Uri } from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { changeWords } from '../datasets/changeWords.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { JobsModel } from '../jobs/JobsModel.ts';
import type { CacheCommands } from '../levels/CacheCommands.ts';
import { inputText } from '../vscode/inputText.ts';
import { confirm, showDone, showError } from '../vscode/messages.ts';
import { pickFolder } from '../vscode/pickFolder.ts';
import { withJobProgress } from '../vscode/progress.ts';
import type { Choice } from '../vscode/quickPick.ts';
import { sourceControlOf } from '../vscode/sourceControlOf.ts';

/** Makes versions of folders. */
export class SyncCommands {
  readonly #daemon: DaemonModel;
  readonly #jobs: JobsModel;
  readonly #datasets: DatasetsModel;
  readonly #cache: CacheCommands;
  readonly #pull: (folder: Uri) => Promise<void>;
  readonly #copies: () => Choice<Uri>[];
  readonly #reveal: (dataset: string, version: number) => Promise<void>;

  constructor(
    daemon: DaemonModel,
    jobs: JobsModel,
    datasets: DatasetsModel,
    cache: CacheCommands,
    pull: (folder: Uri) => Promise<void>,
    copies: () => Choice<Uri>[],
    reveal: (dataset: string, version: number) => Promise<void>,
  ) {
    this.#daemon = daemon;
    this.#jobs = jobs;
    this.#datasets = datasets;
    this.#cache = cache;
    this.#pull = pull;
    this.#copies = copies;
    this.#reveal = reveal;
  }

  /** `clicked` is what the explorer's menu was opened on, or a working copy in the Source Control view. */
  readonly sync = async (clicked?: unknown): Promise<void> => {
    const control = sourceControlOf(clicked);
    const uri =
      clicked instanceof Uri
        ? clicked
        : (control?.rootUri ?? (await pickFolder('Sync which folder?', 'Sync folder', this.#copies())));
    if (!uri) return;
    if (uri.scheme !== 'file') {
      throw new ForebayError('folder-unknown', 'Only a folder on a disk can be synced.');
    }
    const folder = uri.fsPath;
    const client = await this.#daemon.client();
    const copy = await this.#workingCopy(client, folder);
    if (!copy) return;
    // Source Control shows already what would change.
    const written = control?.inputBox.value ?? '';
    const message = written === '' ? await this.#askMessage(client, copy) : written;
    if (message === undefined) return;
    const made = await this.#run(client, { folder, message }, copy.dataset);
    if (!made) return;
    if (control) control.inputBox.value = '';
    // Who works in Source Control stays there.
    else await this.#reveal(made.dataset, made.version);
  };

  /** Says what would change; undefined when the person leaves, or nothing would. */
  async #askMessage(client: Client, { folder, dataset, base }: WorkingCopy): Promise<string | undefined> {
    const job = await this.#follow(client, await client.workingCopies.preview(folder));
    const changes = previewSentence(job.result as SyncPreview);
    if (changes === '' && base > 0) {
      void showDone(`Nothing has changed since ${formatRef(dataset, base)}.`);
      return undefined;
    }
    const what = base === 0 ? 'the first version' : `what comes after v${base}`;
    return inputText({
      title: `Sync ${path.basename(folder)} as a new version of ${dataset}`,
      prompt: `${changes === '' ? 'The folder is empty' : changes}. Describe ${what}; may stay empty.`,
      placeHolder: 'What changed?',
    });
  }

  #follow(client: Client, job: Job): Promise<Job> {
    return withJobProgress(client, job, (latest) => this.#jobs.put(latest));
  }

  /** The folder's dataset; a folder that has none yet gets one. Undefined when the person leaves. */
  async #workingCopy(client: Client, folder: string): Promise<WorkingCopy | undefined> {
    try {
      return await client.workingCopies.get(folder);
    } catch (error) {
      if (!isForebayError(error, 'not-a-working-copy')) throw error;
    }
    const dataset = await inputText({
      title: `${path.basename(folder)} becomes a dataset`,
      prompt: 'Name of the dataset. Lower-case letters, digits, dots, hyphens and underscores.',
      value: suggestName(path.basename(folder)),
      check: checkName,
    });
    return dataset === undefined ? undefined : client.workingCopies.create({ folder, dataset });
  }

  /** Undefined where others made a version meanwhile: that is said with what can be done. */
  async #run(client: Client, request: SyncRequest, dataset: string): Promise<SyncResult | undefined> {
    try {
      const job = await this.#follow(client, await client.workingCopies.sync(request));
      const made = job.result as SyncResult;
      this.#done(made);
      return made;
    } catch (error) {
      if (!isForebayError(error, 'newer-version')) throw error;
      void showError(error, {
        'Pull newer version': () => this.#pull(Uri.file(request.folder)).catch(showError),
        'Replace it…': () => this.#replace(client, request, dataset).catch(showError),
      });
      return undefined;
    }
  }

  #done(result: SyncResult): void {
    const ref = `${result.dataset}@v${result.version}`;
    this.#datasets.refresh(result.dataset);
    const changes = changeWords(result);
    const about = `${formatCount(result.files, 'file')}, ${formatBytes(result.bytes)}`;
    const text = changes === '' ? `Nothing has changed since ${ref}.` : `Made ${ref}: ${about}; ${changes}.`;
    void showDone(text, {
      'Cache version': () => this.#cache.fill(result).catch(showError),
      'Tag version…': () => commands.executeCommand(vsCodeId('version.tag'), { kind: 'version', ...result }),
    });
  }

  async #replace(client: Client, request: SyncRequest, dataset: string): Promise<void> {
    const sure = await confirm(
      `Make this folder the next version of ${dataset}?`,
      'What others changed since your base is left out of it. Their versions stay as they are.',
      'Replace',
    );
    const made = sure && (await this.#run(client, { ...request, replace: true }, dataset));
    if (made) await this.#reveal(made.dataset, made.version);
  }
}
