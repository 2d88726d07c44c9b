import { ForebayError } from '@forebay/core/api/errors';
import { formatRef } from '@forebay/core/api/ref';
import { datasetView, writeView } from '@forebay/core/ui/view';
import { commands, FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { showError } from '../vscode/messages.ts';
import { type ContentPath, contentPath } from './contentPath.ts';

/** Opens what a link names: a file in the editor's own viewer, a folder or a version on the dataset's page. */
export class LinkCommands {
  readonly #daemon: DaemonModel;
  readonly #show: (view: string) => void;

  constructor(daemon: DaemonModel, show: (view: string) => void) {
    this.#daemon = daemon;
    this.#show = show;
  }

  /** What goes wrong is said: a link has nobody else to say it. */
  readonly follow = (content?: ContentPath): Promise<void> =>
    content ? this.#open(content).catch((error) => void showError(error)) : Promise.resolve();

  async #open(content: ContentPath): Promise<void> {
    const { dataset, version, path } = content;
    const client = await this.#daemon.client();
    await client.versions.get(dataset, `v${version}`);
    if (path !== '') {
      const uri = Uri.from({ scheme: 'forebay', path: contentPath(content) });
      const { type } = await workspace.fs.stat(uri).then(undefined, (cause) => {
        if (!(cause instanceof FileSystemError) || cause.code !== 'FileNotFound') throw cause;
        throw new ForebayError('path-unknown', `'${path}' isn't in ${formatRef(dataset, version)}.`);
      });
      if (type === FileType.File) return void (await commands.executeCommand('vscode.open', uri));
    }
    this.#show(writeView(datasetView(dataset, { tab: 'files', version, folder: path })));
  }
}
