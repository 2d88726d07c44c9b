import { parseImportSource } from '@forebay/core/api/importSource';
import { checkName, checkTag, formatRef } from '@forebay/core/api/ref';
import { suggestName } from '@forebay/core/api/text/suggestName';
import {
  type Actor,
  describeDataset,
  importVersion,
  labelsOf,
  removeVersion,
  tagVersion,
  untagVersion,
} from '@forebay/core/ui';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { InputDialog, Notification } from '@jupyterlab/apputils';
import { askText } from '../actions/askText.ts';
import { chooseDataset } from '../actions/chooseVersion.ts';
import { holdRemoval } from '../actions/holdRemoval.ts';
import { labActor } from '../actions/labActor.ts';
import { notifyError } from '../actions/notify.ts';
import { clearIcon, copyNameIcon, forebayIcon } from '../icons/index.ts';
import { IForebay, type VersionRef } from '../tokens.ts';
import { commandIds, labels } from './commandIds.ts';
import { addVersionCommand } from './commands.ts';

export const editsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:edits',
  description: 'Tags, describes, imports and removes.',
  autoStart: true,
  requires: [IForebay],
  activate: (app: JupyterFrontEnd, forebay: IForebay) => {
    const actor = labActor(app, forebay);
    addVersionCommand(app, forebay, {
      name: 'tag',
      icon: copyNameIcon,
      act: (version) => tag(actor, version),
    });
    addVersionCommand(app, forebay, {
      name: 'untag',
      icon: copyNameIcon,
      act: (version) => untag(actor, version).catch(notifyError),
    });
    addVersionCommand(app, forebay, {
      name: 'removeVersion',
      icon: clearIcon,
      act: (version) => removeVersion(actor, version, holdRemoval),
    });
    app.commands.addCommand(commandIds.describe, {
      label: labels.describe,
      caption: 'Its description and its labels',
      icon: forebayIcon,
      execute: async ({ dataset, selected }) => {
        const chosen = selected === true ? forebay.selected?.dataset : dataset;
        const name = typeof chosen === 'string' ? chosen : await chooseDataset(forebay, labels.describe);
        if (name) await describe(actor, name).catch(notifyError);
      },
    });
    app.commands.addCommand(commandIds.importData, {
      label: labels.importData,
      caption: 'A version of objects where they are, without copying them',
      icon: forebayIcon,
      execute: () => importData(actor),
    });
  },
};

async function tag(actor: Actor, { dataset, version }: VersionRef): Promise<void> {
  const tag = await askText({
    title: `Tag ${formatRef(dataset, version)}`,
    label: `A name by which everybody finds it: ${dataset}@TAG`,
    placeholder: 'baseline',
    okLabel: 'Tag',
    check: checkTag,
  });
  if (tag) await tagVersion(actor, { dataset, tag, version });
}

async function untag(actor: Actor, { dataset, version }: VersionRef): Promise<void> {
  const ref = formatRef(dataset, version);
  const { tags } = await actor.client.versions.get(dataset, `v${version}`);
  if (tags.length === 0) {
    Notification.info(`${ref} has no tag.`, { autoClose: 5000 });
    return;
  }
  const answer = await InputDialog.getItem({
    title: `Remove tag from ${ref}`,
    items: tags,
    okLabel: 'Remove',
  });
  const tag = answer.button.accept ? answer.value : null;
  if (tag) await untagVersion(actor, { dataset, tag, version });
}

async function describe(actor: Actor, name: string): Promise<void> {
  const dataset = await actor.client.datasets.get(name);
  // The dialog has one line: left as it is shown, several lines stay what they are.
  const shown = dataset.description.replaceAll(/\s*\n\s*/g, ' ').trim();
  const description = await askText({
    title: `Describe ${name}`,
    label: 'What it is, where it comes from, who may use it',
    text: shown,
    okLabel: 'Next',
  });
  if (description === null) return;
  const text = await askText({
    title: `Labels of ${name}`,
    label: 'What it belongs to; several are separated by commas',
    text: dataset.labels.join(', '),
    okLabel: 'Describe',
  });
  if (text === null) return;
  const change = {
    ...(description === shown ? {} : { description }),
    ...(text === dataset.labels.join(', ') ? {} : { labels: labelsOf(text) }),
  };
  if (Object.keys(change).length > 0) await describeDataset(actor, dataset, change);
}

async function importData(actor: Actor): Promise<void> {
  const url = await askText({
    title: 'Import from a bucket',
    label: 'Nothing is copied: files are read from where they are',
    placeholder: 's3://bucket/prefix',
    okLabel: 'Next',
    check: parseImportSource,
  });
  if (!url) return;
  const dataset = await askText({
    title: `Import ${url}`,
    label: 'Name of the dataset, which is made if need be',
    text: suggestName(url.replace(/\/+$/, '').split('/').at(-1) ?? ''),
    okLabel: 'Next',
    check: checkName,
  });
  if (!dataset) return;
  const endpoint = await askText({
    title: `Import ${url} as ${dataset}`,
    label: "Address of the store; left empty, it is the lake's own",
    placeholder: 'https://s3.example.com',
    okLabel: 'Import',
  });
  if (endpoint !== null)
    await importVersion(actor, { dataset, url, ...(endpoint === '' ? {} : { endpoint }) });
}
