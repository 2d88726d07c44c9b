import type { JupyterFrontEnd } from '@jupyterlab/application';
import { DirListing, type FileBrowser } from '@jupyterlab/filebrowser';
import { Panel, type Widget } from '@lumino/widgets';
import type { IForebay } from '../tokens.ts';
import { shownFolder } from './browsedFolder.ts';
import { FolderStatus } from './FolderStatus.ts';
import { markItems } from './marks.ts';
import { type StatusActions, StatusBar } from './StatusBar.tsx';

/** Gives a file browser the line above its listing, and marks on its items; answers what looks at its folder. */
export function watchBrowser(
  { serviceManager }: JupyterFrontEnd,
  forebay: IForebay,
  browser: FileBrowser,
  actions: StatusActions,
): FolderStatus | null {
  const listing = listingIn(browser);
  const panel = listing?.parent;
  if (!listing || !(panel instanceof Panel)) return null;
  const status = new FolderStatus(forebay, () => shownFolder(browser));
  const bar = new StatusBar(status, actions);
  panel.insertWidget(panel.widgets.indexOf(listing), bar);
  markItems(listing, (name) => status.status?.items.find((item) => item.name === name));
  const soon = () => status.soon();
  const { model } = browser;
  model.pathChanged.connect(soon);
  // Whoever saves, uploads, renames or deletes with JupyterLab is heard of; the rest is looked at when a person comes back.
  serviceManager.contents.fileChanged.connect(soon);
  let before = 0;
  const afterJobs = () => {
    const jobs = forebay.store.snapshot.jobs.length;
    if (jobs < before) soon();
    before = jobs;
  };
  forebay.store.changed.connect(afterJobs);
  window.addEventListener('focus', soon);
  status.changed.connect(() => {
    // What the context menu's selectors look at.
    listing.node.toggleAttribute('data-fb-working-copy', status.status !== null);
    listing.update();
  });
  browser.disposed.connect(() => {
    window.removeEventListener('focus', soon);
    serviceManager.contents.fileChanged.disconnect(soon);
    forebay.store.changed.disconnect(afterJobs);
    status.dispose();
  });
  soon();
  return status;
}

function listingIn(widget: Widget): DirListing | undefined {
  if (widget instanceof DirListing) return widget;
  for (const child of widget.children()) {
    const found = listingIn(child);
    if (found) return found;
  }
  return undefined;
}
