import { mountCode } from '@forebay/core/api/mountCode';
import { Notification } from '@jupyterlab/apputils';
import { type INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import type { VersionRef } from '../tokens.ts';

/** Puts a cell that mounts the version below the active cell of the open notebook, and selects it. */
export async function insertMount(
  notebooks: INotebookTracker,
  { dataset, version }: VersionRef,
): Promise<void> {
  const panel = notebooks.currentWidget;
  if (!panel) {
    Notification.warning('No notebook is open. Open one, then insert the mount code.', { autoClose: 5000 });
    return;
  }
  // A notebook that is still being read would replace the new cell.
  await panel.revealed;
  NotebookActions.insertBelow(panel.content);
  panel.content.activeCell?.model.sharedModel.setSource(mountCode(dataset, version));
  panel.content.deselectAll();
  panel.content.mode = 'command';
  panel.activate();
  await NotebookActions.focusActiveCell(panel.content);
}
