import path from 'node:path';
import { ForebayError } from '@forebay/core/api/errors';
import { formatRef } from '@forebay/core/api/ref';
import type { Client } from '@forebay/core/client';
import { datasetView, writeView } from '@forebay/core/ui/view';
import { commands, Uri } from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { showError } from '../vscode/messages.ts';
import { type ContentPath, contentPath } from './contentPath.ts';
import { realEntry } from './entryAt.ts';
import { type NamedContent, resolveContent } from './namedContent.ts';
import { tooLarge } from './readLimit.ts';

/** Opens what is at a path of a version: a file in the editor's own viewer, a folder on the dataset's page. */
export class ContentOpener {
  readonly #daemon: DaemonModel;
  readonly #show: (view: string) => void;

  constructor(daemon: DaemonModel, show: (view: string) => void) {
    this.#daemon = daemon;
    this.#show = show;
  }

  /** What goes wrong is said: a link has nobody else to say it. */
  readonly follow = async (named?: NamedContent): Promise<void> => {
    if (!named) return;
    try {
      await this.open(await resolveContent(await this.#daemon.client(), named));
    } catch (error) {
      void showError(error);
    }
  };

  readonly open = async (content: ContentPath): Promise<void> => {
    const { dataset, version } = content;
    const client = await this.#daemon.client();
    const entry = await realEntry(client, content);
    if (!entry) {
      throw new ForebayError('path-unknown', `'${content.path}' isn't in ${formatRef(dataset, version)}.`);
    }
    if (entry.kind !== 'file') {
      return this.#show(writeView(datasetView(dataset, { tab: 'files', version, folder: entry.path })));
    }
    const problem = tooLarge(content, entry.size);
    if (problem) return offerCache(client, content, problem);
    await openUri(Uri.from({ scheme: 'forebay', path: contentPath(content) }));
  };
}

async function openUri(uri: Uri): Promise<void> {
  await commands.executeCommand('vscode.open', uri);
}

/** Says why the file isn't opened; from a cache it can be. */
async function offerCache(client: Client, content: ContentPath, problem: ForebayError): Promise<void> {
  const { dataset, version } = content;
  const folder = (await client.placements.list({ dataset })).find(
    (one) => one.version === version && one.state === 'ready' && one.selection === null,
  )?.path;
  const actions = folder
    ? { 'Open from cache': () => openUri(Uri.file(path.join(folder, ...content.path.split('/')))) }
    : {
        'Cache version': () =>
          commands.executeCommand('forebay.version.cache', { kind: 'version', dataset, version }),
      };
  await showError(problem, actions);
}
