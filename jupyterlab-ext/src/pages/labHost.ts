import { type Host, type View, writeView } from '@forebay/core/ui';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { labActor } from '../actions/labActor.ts';
import { commandIds } from '../plugins/commandIds.ts';
import type { IForebay } from '../tokens.ts';
import type { PageWidget } from './PageWidget.tsx';
import { typeInTerminal } from './typeInTerminal.ts';

/** The part of an address that names a view. */
export const viewParameter = 'forebay';

/** What pages ask of JupyterLab. `kept` is told of a page whose view changed. */
export function labHost(
  app: JupyterFrontEnd,
  forebay: IForebay,
  kept: (page: PageWidget) => void,
): (page: PageWidget) => Host {
  const host = editorHost(app, forebay);
  return (page) => ({
    ...host,
    keep: (view) => {
      page.view = view;
      kept(page);
    },
    title: (title) => {
      page.title.label = title;
    },
  });
}

/** An address that opens a view in JupyterLab, wherever the server lies. */
export function linkTo(view: View): string {
  const lab = URLExt.join(PageConfig.getBaseUrl(), 'lab');
  return `${lab}?${viewParameter}=${encodeURIComponent(writeView(view))}`;
}

/** For what stands in no tab of its own. */
export function editorHost(app: JupyterFrontEnd, forebay: IForebay): Host {
  return {
    ...labActor(app, forebay),
    keep: () => undefined,
    title: () => undefined,
    link: async (view) => linkTo(view),
    save: async (name, bytes) => download(name, bytes),
    openFile: (ref, path) => void app.commands.execute(commandIds.openFile, { ...ref, path }),
    terminal: (command) => void typeInTerminal(app, command),
    rowHeight: 24,
  };
}

function download(name: string, bytes: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
