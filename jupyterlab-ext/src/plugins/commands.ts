import { formatRef } from '@forebay/core/api/ref';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Clipboard, ICommandPalette, Notification } from '@jupyterlab/apputils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { chooseVersion } from '../actions/chooseVersion.ts';
import { wholePlacementsOf } from '../actions/placementsOf.ts';
import { copyNameIcon, copyPathIcon, forebayIcon } from '../icons/index.ts';
import { IForebay, type VersionRef } from '../tokens.ts';
import { commandIds, sideBarId } from './commandIds.ts';

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
    id: string;
    label: string;
    icon: typeof forebayIcon;
    act: (version: VersionRef) => void | Promise<void>;
  },
): void {
  app.commands.addCommand(command.id, {
    label: command.label,
    icon: command.icon,
    execute: async (args) => {
      const version = await versionOf(forebay, args, command.label);
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
  description: "Forebay's commands, in the palette under Forebay.",
  autoStart: true,
  requires: [IForebay],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, forebay: IForebay, palette: ICommandPalette | null) => {
    const { commands } = app;
    addVersionCommand(app, forebay, {
      id: commandIds.copyPath,
      label: 'Copy path',
      icon: copyPathIcon,
      act: (version) => copyPathOf(forebay, version),
    });
    addVersionCommand(app, forebay, {
      id: commandIds.copyName,
      label: 'Copy name',
      icon: copyNameIcon,
      act: ({ dataset, version }) => Clipboard.copyToSystem(formatRef(dataset, version)),
    });
    commands.addCommand(commandIds.refresh, {
      label: 'Refresh datasets and caches',
      execute: () => forebay.store.refresh(),
    });
    commands.addCommand(commandIds.open, {
      label: 'Show Forebay side bar',
      caption: 'Datasets, their versions, and what is cached',
      icon: forebayIcon,
      execute: () => app.shell.activateById(sideBarId),
    });
    const { copyPath, copyName, refresh, open } = commandIds;
    for (const command of [copyPath, copyName, refresh, open]) {
      palette?.addItem({ command, category: 'Forebay' });
    }
  },
};
