import { formatRef } from '@forebay/core/api/ref';
import type { Placement } from '@forebay/core/api/schemas';
import {
  cachesView,
  cachingView,
  cancelJob,
  clearPlacements,
  type FillRequest,
  fillRequest,
  fillVersion,
  pinPlacement,
  setUpView,
  verifyPlacement,
} from '@forebay/core/ui';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILauncher } from '@jupyterlab/launcher';
import { chooseJob } from '../actions/chooseJob.ts';
import { labActor } from '../actions/labActor.ts';
import { placementsOf } from '../actions/placementsOf.ts';
import { cacheIcon, clearIcon, forebayIcon, pinIcon } from '../icons/index.ts';
import { IForebay, type VersionRef } from '../tokens.ts';
import { commandIds, labels } from './commandIds.ts';
import { addVersionCommand } from './commands.ts';
import { openPage } from './openPage.ts';

export const cachesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:caches',
  description: 'Caches, clears, pins and verifies; opens the pages of caches and of the set-up.',
  autoStart: true,
  requires: [IForebay],
  optional: [ILauncher],
  activate: (app: JupyterFrontEnd, forebay: IForebay, launcher: ILauncher | null) => {
    const actor = labActor(app, forebay);
    const { commands } = app;
    const placed = (version: VersionRef, act: (placements: Placement[]) => Promise<void> | void) => {
      const placements = placementsOf(forebay, version);
      if (placements.length > 0) return act(placements);
      const ref = formatRef(version.dataset, version.version);
      return actor.notify({ kind: 'info', text: `${ref} is in no cache. Cache it first.` });
    };
    const addPlaced = (
      name: 'clear' | 'pin' | 'unpin' | 'verify',
      icon: typeof cacheIcon,
      act: (ready: Placement[]) => Promise<void> | void,
    ) => addVersionCommand(app, forebay, { name, icon, act: (version) => placed(version, act) });

    addVersionCommand(app, forebay, {
      name: 'cache',
      icon: cacheIcon,
      act: (version) => fillVersion(actor, requestFor(forebay, version), quietly(forebay)),
    });
    addVersionCommand(app, forebay, {
      name: 'cacheWith',
      icon: cacheIcon,
      act: ({ dataset, version }) => actor.open(cachingView(formatRef(dataset, version))),
    });
    addPlaced('clear', clearIcon, (all) => clearPlacements(actor, all));
    addPlaced('pin', pinIcon, (all) => each(all, (one) => pinPlacement(actor, one, true)));
    addPlaced('unpin', pinIcon, (all) => each(all, (one) => pinPlacement(actor, one, false)));
    addPlaced('verify', cacheIcon, (all) => each(all, (one) => verifyPlacement(actor, one)));
    commands.addCommand(commandIds.cancel, {
      label: labels.cancel,
      execute: async ({ id }) => {
        const job = typeof id === 'string' ? id : await chooseJob(forebay, labels.cancel);
        if (job === null) return;
        await cancelJob(actor, job);
        void forebay.store.refreshCaches();
      },
    });
    commands.addCommand(commandIds.openCaches, {
      label: ({ isLauncher }) => (isLauncher === true ? 'Caches' : labels.openCaches),
      caption: 'What is cached, what goes next and why, and what happened',
      icon: cacheIcon,
      execute: () => openPage(app, cachesView),
    });
    commands.addCommand(commandIds.setUp, {
      label: labels.setUp,
      caption: 'Choose the lake, attach and change caches, and test them',
      icon: forebayIcon,
      execute: () => openPage(app, setUpView),
    });
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

/** Unless something failed, the cache is that of the settings. */
function requestFor(forebay: IForebay, version: VersionRef): FillRequest {
  const request = fillRequest(formatRef(version.dataset, version.version), placementsOf(forebay, version));
  const { cache } = forebay.preferences;
  return request.cache !== undefined || cache === '' ? request : { ...request, cache };
}

const quietly = ({ preferences, store }: IForebay) => ({
  sayReady: () => preferences.notifyWhenReady,
  started: () => void store.refreshCaches(),
});
