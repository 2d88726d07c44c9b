import { formatRef } from '@forebay/core/api/ref';
import type { Placement } from '@forebay/core/api/schemas';
import {
  cachesView,
  cachingView,
  cancelJob,
  clearPlacements,
  fillVersion,
  pinPlacement,
  setUpView,
  verifyPlacement,
} from '@forebay/core/ui';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { labActor } from '../actions/labActor.ts';
import { placementsOf, wholePlacementsOf } from '../actions/placementsOf.ts';
import { cacheIcon, clearIcon, forebayIcon, pinIcon } from '../icons/index.ts';
import { IForebay, type VersionRef } from '../tokens.ts';
import { commandIds } from './commandIds.ts';
import { addVersionCommand } from './commands.ts';
import { openPage } from './openPage.ts';

export const cachesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:caches',
  description: 'Caches, clears, pins and verifies; opens the pages of caches and of the set-up.',
  autoStart: true,
  requires: [IForebay],
  optional: [ICommandPalette, ILauncher],
  activate: (
    app: JupyterFrontEnd,
    forebay: IForebay,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
  ) => {
    const actor = labActor(app, forebay);
    const { commands } = app;
    const placed = (version: VersionRef, act: (placements: Placement[]) => Promise<void> | void) => {
      const placements = placementsOf(forebay.store.snapshot, version);
      if (placements.length > 0) return act(placements);
      const ref = formatRef(version.dataset, version.version);
      return actor.notify({ kind: 'info', text: `${ref} is in no cache. Cache it first.` });
    };
    const addPlaced = (
      id: string,
      label: string,
      icon: typeof cacheIcon,
      act: (ready: Placement[]) => Promise<void> | void,
    ) => addVersionCommand(app, forebay, { id, label, icon, act: (version) => placed(version, act) });

    addVersionCommand(app, forebay, {
      id: commandIds.cache,
      label: 'Cache version',
      icon: cacheIcon,
      act: (version) => fillVersion(actor, requestFor(forebay, version), quietly(forebay)),
    });
    addVersionCommand(app, forebay, {
      id: commandIds.cacheWith,
      label: 'Cache version…',
      icon: cacheIcon,
      act: ({ dataset, version }) => actor.open(cachingView(formatRef(dataset, version))),
    });
    addPlaced(commandIds.clear, 'Clear from cache', clearIcon, (all) => clearPlacements(actor, all));
    addPlaced(commandIds.pin, 'Pin', pinIcon, (all) => each(all, (one) => pinPlacement(actor, one, true)));
    addPlaced(commandIds.unpin, 'Unpin', pinIcon, (all) =>
      each(all, (one) => pinPlacement(actor, one, false)),
    );
    addPlaced(commandIds.verify, 'Verify cached files', cacheIcon, (all) =>
      each(all, (one) => verifyPlacement(actor, one)),
    );
    commands.addCommand(commandIds.cancel, {
      label: 'Cancel job',
      execute: async ({ id }) => {
        await cancelJob(actor, String(id));
        void forebay.store.refreshCaches();
      },
    });
    commands.addCommand(commandIds.openCaches, {
      label: ({ isLauncher }) => (isLauncher === true ? 'Caches' : 'Open caches'),
      caption: 'What is cached, what goes next and why, and what happened',
      icon: cacheIcon,
      execute: () => openPage(app, cachesView),
    });
    commands.addCommand(commandIds.setUp, {
      label: 'Set up lake and caches',
      caption: 'Choose the lake, attach and change caches, and test them',
      icon: forebayIcon,
      execute: () => openPage(app, setUpView),
    });
    const { cache, cacheWith, clear, pin, unpin, verify, openCaches, setUp } = commandIds;
    for (const command of [cache, cacheWith, clear, pin, unpin, verify, openCaches, setUp]) {
      palette?.addItem({ command, category: 'Forebay' });
    }
    launcher?.add({
      command: commandIds.openCaches,
      args: { isLauncher: true },
      category: 'Forebay',
      rank: 3,
    });
  },
};

/** Every ready one of them, one after the other. */
async function each(
  placements: readonly Placement[],
  act: (placement: Placement) => Promise<void>,
): Promise<void> {
  for (const placement of placements) if (placement.state === 'ready') await act(placement);
}

/** What failed is tried again where it was wanted; else the cache of the settings, or Forebay chooses. */
function requestFor(forebay: IForebay, version: VersionRef) {
  const ref = formatRef(version.dataset, version.version);
  const failed = wholePlacementsOf(forebay.store.snapshot, version).find(({ state }) => state === 'failed');
  if (failed) return { ref, cache: failed.cache };
  const { cache } = forebay.preferences;
  return { ref, ...(cache === '' ? {} : { cache }) };
}

const quietly = ({ preferences, store }: IForebay) => ({
  sayReady: () => preferences.notifyWhenReady,
  started: () => void store.refreshCaches(),
});
