import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';

/**
 * The item of the file browser whose context menu was opened. Who opens it by keyboard has the focus on an item that
 * isn't selected.
 */
export function chosenItem(
  app: JupyterFrontEnd,
  browsers: IFileBrowserFactory | null,
): Contents.IModel | undefined {
  const browser = browsers?.tracker.currentWidget;
  if (!browser) return undefined;
  const node = app.contextMenuHitTest(({ classList }) => classList.contains('jp-DirListing-item'));
  const name = node?.querySelector('.jp-DirListing-itemText')?.textContent;
  const named = [...browser.model.items()].find((item) => item.name === name);
  return named ?? browser.selectedItems().next().value;
}
