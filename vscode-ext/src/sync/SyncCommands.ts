import path from 'node:path';
import { ForebayError, isForebayError } from '@forebay/core/api/errors';
import { checkName } from '@forebay/core/api/ref';
import type { SyncResult, WorkingCopy } from '@forebay/core/api/schemas';
import { suggestName } from '@forebay/core/api/suggestName';
import { formatBytes, formatCount } from '@forebay/core/api/units';
import type { Client, SyncRequest } from '@forebay/core/client';
import { Uri } from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { changeWords } from '../datasets/changeWords.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { JobsModel } from '../jobs/JobsModel.ts';
import type { CacheCommands } from '../levels/CacheCommands.ts';
import { inputText } from '../vscode/inputText.ts';
import { confirm, showDone, showError } from '../vscode/messages.ts';
import { pickFolder } from '../vscode/pickFolder.ts';
import { withJobProgress } from '../vscode/progress.ts';

/** Makes versions of folders. */
export class SyncCommands {
  readonly #daemon: DaemonModel;
  readonly #jobs: JobsModel;
  readonly #datasets: DatasetsModel;
  readonly #cache: CacheCommands;
  readonly #pull: (folder: Uri) => Promise<void>;
  readonly #reveal: (dataset: string, version: number) => Promise<void>;

  constructor(
    daemon: DaemonModel,
    jobs: JobsModel,
    datasets: DatasetsModel,
    cache: CacheCommands,
    pull: (folder: Uri) => Promise<void>,
    reveal: (dataset: string, version: number) => Promise<void>,
  ) {
    this.#daemon = daemon;
    this.#jobs = jobs;
    this.#datasets = datasets;
    this.#cache = cache;
    this.#pull = pull;
    this.#reveal = reveal;
  }

  /** `clicked` is what the explorer's menu was opened on. */
  readonly sync = async (clicked?: unknown): Promise<void> => {
    const uri = clicked instanceof Uri ? clicked : await pickFolder('Sync which folder?', 'Sync folder');
    if (!uri) return;
    if (uri.scheme !== 'file') {
      throw new ForebayError('folder-unknown', 'Only a folder on a disk can be synced.');
    }
    const folder = uri.fsPath;
    const client = await this.#daemon.client();
    const copy = await this.#workingCopy(client, folder);
    if (!copy) return;
    const what = copy.base === 0 ? 'the first version' : `what comes after v${copy.base}`;
    const message = await inputText({
      title: `Sync ${path.basename(folder)} as a new version of ${copy.dataset}`,
      prompt: `Describe ${what}; may stay empty.`,
      placeHolder: 'What changed?',
    });
    if (message !== undefined) await this.#run(client, { folder, message }, copy.dataset);
  };

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

  async #run(client: Client, request: SyncRequest, dataset: string): Promise<void> {
    try {
      const started = await client.workingCopies.sync(request);
      const job = await withJobProgress(client, started, (latest) => this.#jobs.put(latest));
      await this.#done(job.result as SyncResult);
    } catch (error) {
      if (!isForebayError(error, 'newer-version')) throw error;
      void showError(error, {
        'Pull newer version': () => this.#pull(Uri.file(request.folder)).catch(showError),
        'Replace it…': () => this.#replace(client, request, dataset).catch(showError),
      });
    }
  }

  async #done(result: SyncResult): Promise<void> {
    const ref = `${result.dataset}@v${result.version}`;
    this.#datasets.refresh(result.dataset);
    await this.#reveal(result.dataset, result.version);
    const changes = changeWords(result);
    const about = `${formatCount(result.files, 'file')}, ${formatBytes(result.bytes)}`;
    const text = changes === '' ? `Nothing has changed since ${ref}.` : `Made ${ref}: ${about}; ${changes}.`;
    void showDone(text, {
      'Cache version': () => this.#cache.fill(result).catch(showError),
    });
  }

  async #replace(client: Client, request: SyncRequest, dataset: string): Promise<void> {
    const sure = await confirm(
      `Make this folder the next version of ${dataset}?`,
      'What others changed since your base is left out of it. Their versions stay as they are.',
      'Replace',
    );
    if (sure) await this.#run(client, { ...request, replace: true }, dataset);
  }
}
