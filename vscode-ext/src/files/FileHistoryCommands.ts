import path from 'node:path';
import { ForebayError } from '@forebay/core/api/errors';
import type { FileChange } from '@forebay/core/api/schemas';
import { nextChanges } from '@forebay/core/ui/fileHistory/nextChanges';
import { waysTo } from '@forebay/core/ui/fileHistory/waysTo';
import { commands, type SourceControlResourceState, Uri, window } from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { TreeNode } from '../tree/node.ts';
import { type Choice, pickOne } from '../vscode/quickPick.ts';
import { contentPath } from './contentPath.ts';
import { changeChoice } from './fileChangeText.ts';
import { namedBy } from './namedContent.ts';

/** A path of a dataset, and where it lies on disk in a working copy. */
export interface PlaceInDataset {
  dataset: string;
  path: string;
  onDisk?: Uri;
}

/** A row of a tree, a file of the explorer or of an editor's tab, or a change in Source Control. */
type Asked = TreeNode | Uri | SourceControlResourceState;
type Step = { show: FileChange } | { more: true };

/** Which versions changed a file, and what it was in them. */
export class FileHistoryCommands {
  readonly #daemon: DaemonModel;
  readonly #inWorkingCopy: (file: Uri) => PlaceInDataset | undefined;

  constructor(daemon: DaemonModel, inWorkingCopy: (file: Uri) => PlaceInDataset | undefined) {
    this.#daemon = daemon;
    this.#inWorkingCopy = inWorkingCopy;
  }

  /** Without `asked` it is about the file that is open. */
  readonly show = async (asked?: Asked): Promise<void> => {
    const place = this.#placeOf(asked);
    const client = await this.#daemon.client();
    const { dataset, path: file } = place;
    const changes: FileChange[] = [];
    let next: string | null = null;
    do {
      const page = await nextChanges(client, place, next);
      changes.push(...page.items);
      next = page.next;
      if (changes.length === 0)
        throw new ForebayError('path-unknown', `No version of ${dataset} has ${file}.`);
      const step = await pickOne(
        `Versions of ${dataset} that changed ${file}`,
        stepsOf(changes, next !== null),
      );
      if (step === undefined) return;
      if ('show' in step) return this.#open(place, step.show, changes);
    } while (next !== null);
  };

  #placeOf(asked: Asked | undefined): PlaceInDataset {
    if (asked && 'kind' in asked) {
      if (asked.kind === 'entry') return { dataset: asked.dataset, path: asked.entry.path };
      throw noFile();
    }
    const given = asked && 'resourceUri' in asked ? asked.resourceUri : asked;
    const uri = given ?? window.activeTextEditor?.document.uri;
    if (uri?.scheme === 'forebay') return namedBy(uri);
    const place = uri && this.#inWorkingCopy(uri);
    if (!place) throw noFile();
    return place;
  }

  async #open(place: PlaceInDataset, change: FileChange, all: readonly FileChange[]): Promise<void> {
    const at = (version: number) => Uri.from({ scheme: 'forebay', path: contentPath({ ...place, version }) });
    const number = change.version.version;
    const name = path.posix.basename(place.path);
    const diff = (left: Uri, right: Uri, what: string) => () =>
      commands.executeCommand('vscode.diff', left, right, `${name} (${what})`);
    const { onDisk } = place;
    const ways: Choice<() => unknown>[] = waysTo(change, all).map((way) =>
      way.kind === 'open'
        ? {
            label: `$(go-to-file) Open v${way.version}${way.version === number ? '' : ', the last that had it'}`,
            value: () => commands.executeCommand('vscode.open', at(way.version)),
          }
        : {
            label: `$(diff) Compare with v${way.from}`,
            value: diff(at(way.from), at(way.to), `v${way.from} ↔ v${way.to}`),
          },
    );
    if (onDisk && change.is !== 'removed')
      ways.splice(1, 0, {
        label: '$(diff) Compare with the file on disk',
        value: diff(at(number), onDisk, `v${number} ↔ folder`),
      });
    const [only, ...others] = ways;
    const chosen = others.length === 0 ? only?.value : await pickOne(`${name} in v${number}`, ways);
    await chosen?.();
  }
}

function stepsOf(changes: readonly FileChange[], more: boolean): Choice<Step>[] {
  const choices: Choice<Step>[] = changes.map((change) => ({
    ...changeChoice(change, Date.now()),
    value: { show: change },
  }));
  return more
    ? [...choices, { label: '$(ellipsis) Look at earlier versions', value: { more: true } }]
    : choices;
}

const noFile = () =>
  new ForebayError(
    'path-unknown',
    'This file belongs to no version.',
    'Open a file of a version, or one in a folder that was synced or cloned.',
  );
