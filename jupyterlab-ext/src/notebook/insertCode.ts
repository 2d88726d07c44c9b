import { type CodeKind, type CodeTarget, dataCode } from '@forebay/core/api/code/dataCode';
import { Notification } from '@jupyterlab/apputils';
import { type INotebookTracker, NotebookActions } from '@jupyterlab/notebook';

/** Puts a cell that opens the data below the active cell of the open notebook, and selects it. */
export async function insertCode(
  notebooks: INotebookTracker,
  kind: CodeKind,
  target: CodeTarget,
): Promise<void> {
  const panel = notebooks.currentWidget;
  if (!panel) {
    Notification.warning('No notebook is open. Open one, then insert the code.', { autoClose: 5000 });
    return;
  }
  // A notebook that is still being read would replace the new cell.
  await panel.revealed;
  NotebookActions.insertBelow(panel.content);
  panel.content.activeCell?.model.sharedModel.setSource(dataCode(kind, target));
  panel.content.deselectAll();
  panel.content.mode = 'command';
  panel.activate();
  await NotebookActions.focusActiveCell(panel.content);
}
