import { formatRef } from '@forebay/core/api/ref';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, Notification } from '@jupyterlab/apputils';
import { type IRenderMimeRegistry, MimeModel } from '@jupyterlab/rendermime';
import { commandIds } from '../plugins/commandIds.ts';
import type { IForebay, VersionRef } from '../tokens.ts';

const hdf5 = 'application/x-hdf5';

/** Whether JupyterLab has a viewer for this HDF5 file: jupyterlab-h5web, if it is installed. */
export function hasHdf5Viewer(
  { docRegistry }: JupyterFrontEnd,
  rendermime: IRenderMimeRegistry,
  path: string,
): boolean {
  const types = docRegistry.getFileTypesForPath(path);
  return rendermime.getFactory(hdf5) !== undefined && types.some(({ mimeTypes }) => mimeTypes.includes(hdf5));
}

/**
 * Shows an HDF5 file of a version that is cached. Its viewer reads parts of a file by the file's path on the server
 * and knows no drives; an output of its type names that path
 * (https://github.com/silx-kit/jupyterlab-h5web#hdf5-files-in-notebooks).
 */
export async function openHdf5(
  app: JupyterFrontEnd,
  { client }: IForebay,
  rendermime: IRenderMimeRegistry,
  { dataset, version }: VersionRef,
  path: string,
): Promise<void> {
  const name = path.split('/').at(-1) ?? path;
  const ref = formatRef(dataset, version);
  const id = `forebay-hdf5-${ref}:${path}`;
  if ([...app.shell.widgets('main')].some((widget) => widget.id === id)) return app.shell.activateById(id);
  const placements = await client.placements.list({ dataset });
  const cached = placements.find(
    (one) => one.version === version && one.state === 'ready' && one.selection === null,
  );
  if (!cached?.path) {
    const text = `HDF5 is read in parts, from a folder. Cache ${ref}, then open ${name} again.`;
    const callback = () => void app.commands.execute(commandIds.cache, { dataset, version });
    Notification.info(text, { autoClose: 15_000, actions: [{ label: 'Cache version', callback }] });
    return;
  }
  const content = rendermime.createRenderer(hdf5);
  content.addClass('fb-hdf5');
  const widget = new MainAreaWidget({ content });
  widget.id = id;
  widget.title.label = name;
  widget.title.caption = `${ref}:${path}`;
  app.shell.add(widget, 'main');
  await content.renderModel(new MimeModel({ data: { [hdf5]: `${cached.path}/${path}` } }));
}
