import { datasetView } from '@forebay/core/ui';
import { IRouter, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { chooseVersion } from '../actions/chooseVersion.ts';
import { notifyError } from '../actions/notify.ts';
import { driveName, drivePathOf } from '../drive/drivePath.ts';
import { ForebayDrive } from '../drive/ForebayDrive.ts';
import { hasHdf5Viewer, openHdf5 } from '../drive/hdf5.ts';
import { IForebay } from '../tokens.ts';
import { commandIds, labels } from './commandIds.ts';
import { openPage } from './openPage.ts';

/** As JupyterLab's address names a file of the drive that is in front: `/lab/tree/Forebay%3Axrays@v1/a.csv`. */
const treePath = new RegExp(`/tree/(${driveName}(?::|%3A)[^?#]+)`);

export const drivePlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:drive',
  description: "Opens files of any version in JupyterLab's own viewers, read only.",
  autoStart: true,
  requires: [IForebay],
  optional: [IRouter, IRenderMimeRegistry],
  activate: (
    app: JupyterFrontEnd,
    forebay: IForebay,
    router: IRouter | null,
    rendermime: IRenderMimeRegistry | null,
  ) => {
    const { serviceManager, docRegistry, commands } = app;
    serviceManager.contents.addDrive(
      new ForebayDrive({
        client: forebay.client,
        serverSettings: serviceManager.serverSettings,
        mimeOf: (path) => docRegistry.getFileTypesForPath(path)[0]?.mimeTypes[0] ?? '',
        note: (text) => Notification.info(text, { autoClose: 8000 }),
      }),
    );
    /** A file is chosen where a version's files are listed. */
    const openFiles = async () => {
      const chosen = await chooseVersion(forebay, labels.openFile);
      if (!chosen) return;
      const { dataset, version } = chosen;
      await openPage(app, datasetView(dataset, { tab: 'files', version }));
    };
    commands.addCommand(commandIds.openFile, {
      label: labels.openFile,
      execute: async ({ dataset, version, path }) => {
        if (typeof path !== 'string') return openFiles();
        const [ref, within] = [{ dataset: String(dataset), version: Number(version) }, path];
        return rendermime && hasHdf5Viewer(app, rendermime, within)
          ? openHdf5(app, forebay, rendermime, ref, within).catch(notifyError)
          : commands.execute('docmanager:open', { path: drivePathOf(ref, within) });
      },
    });
    if (!router) return;
    // After what restores the layout, before JupyterLab looks for a file browser of the drive, which there is not.
    commands.addCommand(commandIds.openAddress, {
      label: labels.openAddress,
      execute: async () => {
        const [, path] = treePath.exec(router.current.path) ?? [];
        if (path === undefined) return;
        void app.restored.then(() => commands.execute('docmanager:open', { path: decodeURIComponent(path) }));
        return router.stop;
      },
    });
    router.register({ command: commandIds.openAddress, pattern: treePath, rank: 90 });
  },
};
