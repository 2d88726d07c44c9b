import { formatRef } from '@forebay/core/api/ref';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Clipboard, ICommandPalette, Notification } from '@jupyterlab/apputils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { chooseVersion } from '../actions/chooseVersion.ts';
import { wholePlacementsOf } from '../actions/placementsOf.ts';
import { copyNameIcon, copyPathIcon, type forebayIcon } from '../icons/index.ts';
import { IForebay, type VersionRef } from '../tokens.ts';
import { type CommandName, commandIds, labels } from './commandIds.ts';

/** `{dataset, version}`, or `{selected: true}` for the one chosen in the side bar; else a person is asked. */
export async function versionOf(
  forebay: IForebay,
  args: ReadonlyPartialJSONObject,
  title: string,
): Promise<VersionRef | null> {
  const { dataset, version, selected } = args;
  if (typeof dataset === 'string' && typeof version === 'number') return { dataset, version };
  return selected === true && forebay.selected ? forebay.selected : chooseVersion(forebay, title);
}

/** Adds a command that acts on one version. */
export function addVersionCommand(
  app: JupyterFrontEnd,
  forebay: IForebay,
  command: {
    name: CommandName;
    icon: typeof forebayIcon;
    act: (version: VersionRef) => void | Promise<void>;
  },
): void {
  const label = labels[command.name];
  app.commands.addCommand(commandIds[command.name], {
    label,
    icon: command.icon,
    execute: async (args) => {
      const version = await versionOf(forebay, args, label);
      if (version) await command.act(version);
    },
  });
}

async function copyPathOf(forebay: IForebay, version: VersionRef): Promise<void> {
  const path = wholePlacementsOf(forebay.store.snapshot, version).find((one) => one.path !== null)?.path;
  if (path) Clipboard.copyToSystem(path);
  else {
    const ref = formatRef(version.dataset, version.version);
    Notification.info(`${ref} has a path once it is cached. Cache it first.`, { autoClose: 5000 });
  }
}

export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:commands',
  description: 'Copies, refreshes, and lists every verb in the palette under Forebay.',
  autoStart: true,
  requires: [IForebay],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, forebay: IForebay, palette: ICommandPalette | null) => {
    const { commands } = app;
    addVersionCommand(app, forebay, {
      name: 'copyPath',
      icon: copyPathIcon,
      act: (version) => copyPathOf(forebay, version),
    });
    addVersionCommand(app, forebay, {
      name: 'copyName',
      icon: copyNameIcon,
      act: ({ dataset, version }) => Clipboard.copyToSystem(formatRef(dataset, version)),
    });
    commands.addCommand(commandIds.refresh, {
      label: labels.refresh,
      execute: () => forebay.store.refresh(),
    });
    const { openPage: _, openAddress: __, ...told } = commandIds;
    for (const command of Object.values(told)) palette?.addItem({ command, category: 'Forebay' });
  },
};
