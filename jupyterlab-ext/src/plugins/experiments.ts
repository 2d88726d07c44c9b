import { formatRef } from '@forebay/core/api/ref';
import {
  actOnRuns,
  compareView,
  isAlready,
  lineageView,
  type RunVerb,
  runView,
  tableView,
} from '@forebay/core/ui';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Clipboard, Notification } from '@jupyterlab/apputils';
import { chooseRuns } from '../actions/chooseRuns.ts';
import { chooseDataset } from '../actions/chooseVersion.ts';
import { labActor } from '../actions/labActor.ts';
import { notifyError } from '../actions/notify.ts';
import { compareIcon, lineageIcon, runsIcon } from '../icons/index.ts';
import { IForebay } from '../tokens.ts';
import { type CommandName, commandIds, labels } from './commandIds.ts';
import { addVersionCommand } from './commands.ts';
import { openPage } from './openPage.ts';

/** By what a person chooses. */
const changes = {
  star: 'star',
  unstar: 'unstar',
  archive: 'archive',
  unarchive: 'unarchive',
  deleteRun: 'delete',
} as const satisfies Partial<Record<CommandName, RunVerb>>;

export const experimentsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:experiments',
  description:
    'Opens runs: all in a table, one as it goes, those of some data; stars, archives and deletes them.',
  autoStart: true,
  requires: [IForebay],
  activate: (app: JupyterFrontEnd, forebay: IForebay) => {
    const { commands } = app;
    const add = (name: CommandName, act: (args: { id?: unknown }) => Promise<unknown>, icon = runsIcon) =>
      commands.addCommand(commandIds[name], {
        label: labels[name],
        icon,
        execute: (args) => act(args).catch(notifyError),
      });
    const one = async (args: { id?: unknown }, name: CommandName) =>
      (await chooseRuns(forebay, args, labels[name]))[0];

    commands.addCommand(commandIds.openRuns, {
      label: ({ isLauncher }) => (isLauncher === true ? 'Runs' : labels.openRuns),
      caption: 'What ran on which data, with which parameters, and what came of it',
      icon: runsIcon,
      execute: () => openPage(app, tableView),
    });
    const openRun = (name: CommandName) =>
      add(name, async (args) => {
        const run = await one(args, name);
        if (run) await openPage(app, runView(run.id));
      });
    openRun('openRun');
    // The page shows it as it comes.
    openRun('openOutput');
    add('copyRunId', async (args) => {
      const run = await one(args, 'copyRunId');
      if (run) Clipboard.copyToSystem(run.id);
    });
    add(
      'compareRuns',
      async (args) => {
        const runs = await chooseRuns(forebay, args, labels.compareRuns);
        if (runs.length > 1) await openPage(app, compareView(runs.map(({ id }) => id)));
        else if (runs.length === 1) {
          Notification.info('Choose two runs or more to compare.', { autoClose: 5000 });
        }
      },
      compareIcon,
    );
    for (const [name, verb] of Object.entries(changes) as [keyof typeof changes, RunVerb][]) {
      add(name, async (args) => {
        const runs = await chooseRuns(forebay, args, labels[name], (run) => !isAlready[verb](run));
        if (runs.length > 0) await actOnRuns(labActor(app, forebay), verb, runs);
      });
    }
    add('openRunsOf', async () => {
      const dataset = forebay.selected?.dataset ?? (await chooseDataset(forebay, labels.openRunsOf));
      if (dataset) await openPage(app, { ...tableView, filter: `dataset.name = '${dataset}'` });
    });
    addVersionCommand(app, forebay, {
      name: 'openLineage',
      icon: lineageIcon,
      act: ({ dataset, version }) => void openPage(app, lineageView(formatRef(dataset, version))),
    });
  },
};
