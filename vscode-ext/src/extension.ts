import type { VsCodeVerb } from '@forebay/core/ui/verbs';
import { commands, type ExtensionContext, languages, window, workspace } from 'vscode';
import { editorActor } from './actions/editorActor.ts';
import { CachesModel } from './caches/CachesModel.ts';
import { CachesTreeDataProvider } from './caches/CachesTreeDataProvider.ts';
import { followContextKeys } from './contextKeys.ts';
import { AppCommands } from './daemon/AppCommands.ts';
import { connector } from './daemon/connect.ts';
import { DaemonModel } from './daemon/DaemonModel.ts';
import { DaemonStatusBar } from './daemon/DaemonStatusBar.ts';
import { showDaemonState } from './daemon/showDaemonState.ts';
import { startWhenSeen } from './daemon/startWhenSeen.ts';
import { CopyCommands } from './datasets/CopyCommands.ts';
import { DatasetCommands } from './datasets/DatasetCommands.ts';
import { DatasetsModel } from './datasets/DatasetsModel.ts';
import { DatasetsTreeDataProvider } from './datasets/DatasetsTreeDataProvider.ts';
import { FilterCommands } from './datasets/FilterCommands.ts';
import { VersionCommands } from './datasets/VersionCommands.ts';
import { draggedOf } from './drag/dragged.ts';
import { PythonDropProvider } from './drag/PythonDropProvider.ts';
import { RowDragController } from './drag/RowDragController.ts';
import { createApi } from './exports/api.ts';
import type { ForebayApi } from './exports/ForebayApi.ts';
import { ContentOpener } from './files/ContentOpener.ts';
import { FileCommands } from './files/FileCommands.ts';
import { FileHistoryCommands } from './files/FileHistoryCommands.ts';
import { registerFiles } from './files/registerFiles.ts';
import { JobCommands } from './jobs/JobCommands.ts';
import { JobsModel } from './jobs/JobsModel.ts';
import { jobsBadge } from './jobs/jobsBadge.ts';
import { CacheCommands } from './levels/CacheCommands.ts';
import { PlacementsModel } from './levels/PlacementsModel.ts';
import { registerMcp } from './mcp/registerMcp.ts';
import { MountCommands } from './mount/MountCommands.ts';
import { WritingPlace } from './mount/WritingPlace.ts';
import { registerNotebook } from './notebook/registerNotebook.ts';
import { OverviewCommands } from './overview/OverviewCommands.ts';
import { OverviewModel } from './overview/OverviewModel.ts';
import { OverviewTreeDataProvider } from './overview/OverviewTreeDataProvider.ts';
import { DataPageCommands } from './pages/DataPageCommands.ts';
import { PagePanels } from './pages/PagePanels.ts';
import { VersionPicker } from './pick/VersionPicker.ts';
import { RunCommands } from './runs/RunCommands.ts';
import { RunOutputProvider } from './runs/RunOutputProvider.ts';
import { RunsModel } from './runs/RunsModel.ts';
import { RunsTreeDataProvider } from './runs/RunsTreeDataProvider.ts';
import { SeveralCommands } from './several/SeveralCommands.ts';
import { CheckoutCommands } from './sync/CheckoutCommands.ts';
import { SyncCommands } from './sync/SyncCommands.ts';
import { onRowsAlone, refuseLostRow } from './tree/lostRow.ts';
import type { NodeOf, TreeNode } from './tree/node.ts';
import { TreeKeys } from './tree/TreeKeys.ts';
import { log } from './vscode/log.ts';
import { showError } from './vscode/messages.ts';
import { offerCommand } from './vscode/offerCommand.ts';
import { WorkingCopies } from './workingCopy/WorkingCopies.ts';

export function activate(context: ExtensionContext): ForebayApi {
  const daemon = new DaemonModel(connector(context.extensionPath));
  const jobs = new JobsModel(daemon);
  const placements = new PlacementsModel(daemon, jobs);
  const datasets = new DatasetsModel(daemon);
  const caches = new CachesModel(daemon);
  const runs = new RunsModel(daemon);

  const datasetsTree = new DatasetsTreeDataProvider(daemon, datasets, placements);
  const cachesTree = new CachesTreeDataProvider(caches, placements, jobs);
  const dragAndDropController = new RowDragController((node) =>
    draggedOf(
      node,
      (name) => datasets.dataset(name)?.latest?.version,
      (id) => placements.find(id)?.selection !== null,
    ),
  );
  const many = { canSelectMany: true, dragAndDropController };
  const datasetsView = window.createTreeView('forebay.datasets', {
    ...many,
    treeDataProvider: datasetsTree,
    showCollapseAll: true,
  });
  datasetsTree.attach(datasetsView);
  const cachesView = window.createTreeView('forebay.caches', { ...many, treeDataProvider: cachesTree });
  cachesTree.attach(cachesView);
  jobs.changed.listen(() => {
    cachesView.badge = jobsBadge([...jobs.running.values()]);
  });
  const overview = new OverviewModel(daemon, caches, placements, runs);
  const overviewTree = new OverviewTreeDataProvider(overview);
  const overviewView = window.createTreeView('forebay.overview', { treeDataProvider: overviewTree });
  overviewTree.attach(overviewView);
  followContextKeys(placements, runs);
  const runsTree = new RunsTreeDataProvider(runs);
  const runsView = window.createTreeView('forebay.runs', { canSelectMany: true, treeDataProvider: runsTree });
  runsTree.attach(runsView);
  const outputs = new RunOutputProvider(daemon, runs);
  const actor = editorActor({ daemon, jobs, placements, open: (view) => pages.open(view) });
  const pages = new PagePanels(daemon, actor, context.extensionUri);
  pages.register(context);
  offerCommand(context);
  const run = new RunCommands(actor, runs, outputs, pages.open);

  const opener = new ContentOpener(daemon, pages.open);
  const picker = new VersionPicker(daemon, datasets, placements);
  const dataPages = new DataPageCommands(picker, pages.open);
  const cache = new CacheCommands(actor, placements, picker);
  const copy = new CopyCommands(placements, picker, cache);
  const reveal = (dataset: string, version: number) => datasetsTree.revealIn(datasetsView, dataset, version);
  const copies = new WorkingCopies(daemon);
  const fileHistory = new FileHistoryCommands(daemon, copies.placeOf);
  const checkout = new CheckoutCommands(actor, picker, copies.choices);
  const sync = new SyncCommands(daemon, jobs, datasets, cache, checkout.pull, copies.choices, reveal);
  const dataset = new DatasetCommands(actor, picker);
  const version = new VersionCommands(actor, picker);
  const written = new WritingPlace();
  const mount = new MountCommands(picker, written);
  const keys = new TreeKeys(datasetsView);
  const several = new SeveralCommands(actor, jobs, datasets, placements);
  const filter = new FilterCommands(datasets, datasetsView);
  const steps = new OverviewCommands(picker, reveal);
  const app = new AppCommands(daemon, datasets, placements, caches, jobs, runs);

  const handlers: Record<`forebay.${VsCodeVerb}`, (argument?: never) => unknown> = {
    'forebay.app.refresh': () => Promise.all([app.refresh(), overview.reload()]),
    'forebay.app.start': app.start,
    'forebay.app.status': app.status,
    'forebay.app.showLog': app.showLog,
    'forebay.app.setUp': dataPages.setUp,
    'forebay.app.cancelJob': new JobCommands(daemon, jobs, datasets, placements).cancel,
    'forebay.dataset.openAll': dataPages.datasets,
    'forebay.dataset.open': dataPages.dataset,
    'forebay.dataset.describe': dataset.describe,
    'forebay.dataset.sync': sync.sync,
    'forebay.dataset.pull': checkout.pull,
    'forebay.dataset.import': dataset.import,
    'forebay.dataset.look': copies.look,
    'forebay.dataset.more': (node?: NodeOf<'more'>) => datasetsTree.showMore(node?.of),
    'forebay.version.cache': cache.cache,
    'forebay.version.cacheWith': dataPages.caching,
    'forebay.version.clear': cache.clear,
    'forebay.version.compare': dataPages.compare,
    'forebay.version.lineage': dataPages.lineage,
    'forebay.version.clone': checkout.clone,
    'forebay.version.openFile': new FileCommands(datasets, picker, opener).open,
    'forebay.version.copyPath': copy.copyPath,
    'forebay.version.copyName': copy.copyName,
    'forebay.version.tag': version.tag,
    'forebay.version.untag': version.untag,
    'forebay.version.remove': version.remove,
    'forebay.version.fileHistory': fileHistory.show,
    'forebay.version.problem': cache.problem,
    'forebay.version.toggle': keys.on(cache.toggle),
    'forebay.version.openSelected': keys.on(dataPages.dataset),
    'forebay.cache.open': dataPages.caches,
    'forebay.cache.pin': cache.pin,
    'forebay.cache.unpin': cache.unpin,
    'forebay.cache.verify': cache.verify,
    'forebay.notebook.insertMountCode': mount.insert,
    'forebay.notebook.insertCode': mount.insertAs,
    'forebay.experiment.open': run.open,
    'forebay.experiment.openRun': run.openRun,
    'forebay.experiment.openForData': dataPages.runs,
    'forebay.experiment.compare': run.compare,
    'forebay.experiment.openOutput': run.openOutput,
    'forebay.experiment.copyRunId': run.copyId,
    'forebay.experiment.star': run.star,
    'forebay.experiment.unstar': run.unstar,
    'forebay.experiment.archive': run.archive,
    'forebay.experiment.unarchive': run.unarchive,
    'forebay.experiment.delete': run.delete,
    'forebay.dataset.filter': filter.filter,
    'forebay.dataset.clearFilter': filter.clear,
    'forebay.dataset.reveal': steps.reveal,
    'forebay.experiment.showArchived': run.showArchived,
    'forebay.experiment.hideArchived': run.hideArchived,
    'forebay.experiment.start': steps.startRun,
  };
  /** For more than one selected row. */
  const forSeveral: Record<string, (nodes: TreeNode[]) => unknown> = {
    'forebay.version.cache': several.cache,
    'forebay.version.clear': several.clear,
    'forebay.version.copyPath': several.copyPath,
    'forebay.version.copyName': several.copyName,
    'forebay.cache.pin': several.pin,
    'forebay.cache.unpin': several.unpin,
    'forebay.app.cancelJob': several.cancel,
    'forebay.experiment.compare': run.compareRows,
    'forebay.experiment.star': run.changeRows('star'),
    'forebay.experiment.unstar': run.changeRows('unstar'),
    'forebay.experiment.archive': run.changeRows('archive'),
    'forebay.experiment.unarchive': run.changeRows('unarchive'),
    'forebay.experiment.delete': run.changeRows('delete'),
  };
  const onRows = onRowsAlone(context.extension.packageJSON.contributes.menus);
  for (const [id, handle] of Object.entries(handlers)) {
    const handler = async (...given: [argument?: TreeNode, selected?: TreeNode[]]) => {
      const [argument, selected] = given;
      try {
        if (onRows.has(id)) refuseLostRow(given);
        const ofAll = Array.isArray(selected) && selected.length > 1 ? forSeveral[id] : undefined;
        await (ofAll && selected ? ofAll(selected) : handle(argument as never));
      } catch (error) {
        void showError(error);
      }
    };
    context.subscriptions.push(commands.registerCommand(id, handler));
  }

  const views = [overviewView, datasetsView, cachesView, runsView];
  context.subscriptions.push(
    log,
    daemon,
    overviewTree,
    datasetsTree,
    cachesTree,
    runsTree,
    copies,
    written,
    ...views,
    new DaemonStatusBar(daemon, jobs),
    startWhenSeen(daemon, views),
    showDaemonState(daemon, views, () => datasets.datasets.items.length > 0),
    languages.registerDocumentDropEditProvider(
      { language: 'python' },
      new PythonDropProvider(),
      PythonDropProvider.metadata,
    ),
    workspace.registerTextDocumentContentProvider('forebay-run', outputs),
    ...registerFiles(daemon, opener),
    ...registerNotebook(daemon, datasets, placements),
    ...registerMcp(context),
  );
  return createApi(daemon, pages.open);
}
