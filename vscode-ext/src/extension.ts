import { commands, type ExtensionContext, languages, MarkdownString, window, workspace } from 'vscode';
import { CachesModel } from './caches/CachesModel.ts';
import { CachesTreeDataProvider } from './caches/CachesTreeDataProvider.ts';
import { AppCommands } from './daemon/AppCommands.ts';
import { connector } from './daemon/connect.ts';
import { DaemonModel } from './daemon/DaemonModel.ts';
import { DaemonStatusBar } from './daemon/DaemonStatusBar.ts';
import { showDaemonState } from './daemon/showDaemonState.ts';
import { CopyCommands } from './datasets/CopyCommands.ts';
import { DatasetsModel } from './datasets/DatasetsModel.ts';
import { DatasetsTreeDataProvider } from './datasets/DatasetsTreeDataProvider.ts';
import { VersionPicker } from './datasets/VersionPicker.ts';
import { FileCommands } from './files/FileCommands.ts';
import { LinkCommands } from './files/LinkCommands.ts';
import { VersionFileSystemProvider } from './files/VersionFileSystemProvider.ts';
import { VersionLinkProvider } from './files/VersionLinkProvider.ts';
import { JobCommands } from './jobs/JobCommands.ts';
import { JobsModel } from './jobs/JobsModel.ts';
import { CacheCommands } from './levels/CacheCommands.ts';
import { PlacementsModel } from './levels/PlacementsModel.ts';
import { MountCommands } from './mount/MountCommands.ts';
import { DataPageCommands } from './pages/DataPageCommands.ts';
import { PagePanels } from './pages/PagePanels.ts';
import { RunCommands } from './runs/RunCommands.ts';
import { RunOutputProvider } from './runs/RunOutputProvider.ts';
import { RunsModel } from './runs/RunsModel.ts';
import { RunsTreeDataProvider } from './runs/RunsTreeDataProvider.ts';
import { SyncCommands } from './sync/SyncCommands.ts';
import type { NodeOf, TreeNode } from './tree/node.ts';
import { log } from './vscode/log.ts';
import { showError } from './vscode/messages.ts';
import { offerCommand } from './vscode/offerCommand.ts';
import { WorkingCopyDecorations } from './workingCopy/WorkingCopyDecorations.ts';

export function activate(context: ExtensionContext): void {
  const daemon = new DaemonModel(connector(context.extensionPath));
  const jobs = new JobsModel(daemon);
  const placements = new PlacementsModel(daemon, jobs);
  const datasets = new DatasetsModel(daemon);
  const caches = new CachesModel(daemon);
  const runs = new RunsModel(daemon);

  const datasetsTree = new DatasetsTreeDataProvider(daemon, datasets, placements);
  const cachesTree = new CachesTreeDataProvider(caches, placements, jobs);
  const datasetsView = window.createTreeView('forebay.datasets', {
    treeDataProvider: datasetsTree,
    showCollapseAll: true,
  });
  datasetsTree.attach(datasetsView);
  const cachesView = window.createTreeView('forebay.caches', { treeDataProvider: cachesTree });
  const runsView = window.createTreeView('forebay.runs', {
    treeDataProvider: new RunsTreeDataProvider(runs),
  });
  const outputs = new RunOutputProvider(daemon, runs);
  const pages = new PagePanels(daemon, context.extensionUri);
  pages.register(context);
  offerCommand(context);
  const run = new RunCommands(runs, outputs, pages.open);

  const picker = new VersionPicker(daemon, datasets, placements);
  const dataPages = new DataPageCommands(picker, pages.open);
  const cache = new CacheCommands(daemon, jobs, placements, picker);
  const copy = new CopyCommands(placements, picker, cache);
  const reveal = (dataset: string, version: number) => datasetsTree.revealIn(datasetsView, dataset, version);
  const sync = new SyncCommands(daemon, jobs, datasets, cache, reveal);
  const follow = new LinkCommands(daemon, pages.open);
  const links = new VersionLinkProvider(datasets, follow.follow);
  const app = new AppCommands(daemon, datasets, placements, caches, jobs, runs);

  const handlers: Record<string, (argument?: never) => unknown> = {
    'forebay.app.refresh': app.refresh,
    'forebay.app.start': app.start,
    'forebay.app.status': app.status,
    'forebay.app.showLog': app.showLog,
    'forebay.dataset.sync': sync.sync,
    'forebay.dataset.more': (node?: NodeOf<'more'>) => datasetsTree.showMore(node?.of),
    'forebay.version.cache': cache.cache,
    'forebay.version.clear': cache.clear,
    'forebay.version.problem': cache.problem,
    'forebay.version.cancel': new JobCommands(daemon, jobs, datasets, placements).cancel,
    'forebay.version.copyPath': copy.copyPath,
    'forebay.version.copyName': copy.copyName,
    'forebay.version.open': new FileCommands(datasets, picker).open,
    'forebay.experiment.open': run.open,
    'forebay.experiment.openRun': run.openRun,
    'forebay.experiment.openForData': dataPages.runs,
    'forebay.experiment.compare': run.compare,
    'forebay.version.lineage': dataPages.lineage,
    'forebay.version.cacheWith': dataPages.caching,
    'forebay.cache.open': dataPages.caches,
    'forebay.app.setUp': dataPages.setUp,
    'forebay.experiment.openOutput': run.openOutput,
    'forebay.experiment.copyRunId': run.copyId,
    'forebay.notebook.insertMountCode': new MountCommands(picker).insert,
    'forebay.version.openLink': follow.follow,
  };
  for (const [id, handle] of Object.entries(handlers)) {
    const handler = async (argument?: TreeNode) => {
      try {
        await handle(argument as never);
      } catch (error) {
        void showError(error);
      }
    };
    context.subscriptions.push(commands.registerCommand(id, handler));
  }

  context.subscriptions.push(
    log,
    daemon,
    datasetsView,
    cachesView,
    runsView,
    new DaemonStatusBar(daemon, jobs),
    showDaemonState(daemon, [datasetsView, cachesView, runsView], () => datasets.datasets.items.length > 0),
    languages.registerDocumentLinkProvider(['python', 'markdown', 'plaintext'], links),
    window.registerTerminalLinkProvider(links),
    new WorkingCopyDecorations(daemon),
    workspace.registerTextDocumentContentProvider('forebay-run', outputs),
    workspace.registerFileSystemProvider('forebay', new VersionFileSystemProvider(daemon), {
      isReadonly: new MarkdownString('A version never changes. Sync a folder to make a new one.'),
      isCaseSensitive: true,
    }),
  );
  void daemon.start().catch((error) => showError(error, { 'Show log': () => log.show() }));
}
