import { type JupyterLabVerb, jupyterLabId, labelOf } from '@forebay/core/ui/verbs';

/** By the names that the code has for them: every verb of the table that both editors share. */
const named = {
  cache: 'version.cache',
  cacheWith: 'version.cacheWith',
  clear: 'version.clear',
  compareWith: 'version.compare',
  openLineage: 'version.lineage',
  clone: 'version.clone',
  openFile: 'version.openFile',
  fileHistory: 'version.fileHistory',
  copyPath: 'version.copyPath',
  copyName: 'version.copyName',
  tag: 'version.tag',
  untag: 'version.untag',
  removeVersion: 'version.remove',
  openCaches: 'cache.open',
  pin: 'cache.pin',
  unpin: 'cache.unpin',
  verify: 'cache.verify',
  insertMount: 'notebook.insertMountCode',
  insertCode: 'notebook.insertCode',
  openDatasets: 'dataset.openAll',
  openDataset: 'dataset.open',
  describe: 'dataset.describe',
  sync: 'dataset.sync',
  pull: 'dataset.pull',
  importData: 'dataset.import',
  openRuns: 'experiment.open',
  openRun: 'experiment.openRun',
  compareRuns: 'experiment.compare',
  openRunsOf: 'experiment.openForData',
  openOutput: 'experiment.openOutput',
  copyRunId: 'experiment.copyRunId',
  star: 'experiment.star',
  unstar: 'experiment.unstar',
  archive: 'experiment.archive',
  unarchive: 'experiment.unarchive',
  deleteRun: 'experiment.delete',
  setUp: 'app.setUp',
  cancel: 'app.cancelJob',
  refresh: 'app.refresh',
  open: 'app.open',
  openPage: 'app.openPage',
  openAddress: 'app.openAddress',
} as const satisfies Record<string, JupyterLabVerb>;

export type CommandName = keyof typeof named;

const forEach = (say: (verb: JupyterLabVerb) => string) =>
  Object.fromEntries(Object.entries(named).map(([name, verb]) => [name, say(verb)])) as Record<
    CommandName,
    string
  >;

export const commandIds = forEach(jupyterLabId);

export const labels = forEach(labelOf);

export const sideBarId = 'forebay-panel';
