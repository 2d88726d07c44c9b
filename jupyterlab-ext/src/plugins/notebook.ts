import { type CodeKind, codeKinds } from '@forebay/core/api/code/dataCode';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { InputDialog } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { insertIcon } from '../icons/index.ts';
import { insertCode } from '../notebook/insertCode.ts';
import { mountRendererFactory } from '../notebook/MountRenderer.tsx';
import { recordVersions } from '../notebook/recordVersions.ts';
import { tellNames } from '../notebook/tellName.ts';
import { editorHost } from '../pages/labHost.ts';
import { IForebay } from '../tokens.ts';
import { commandIds, labels } from './commandIds.ts';
import { versionOf } from './commands.ts';

const isKind = (kind: unknown): kind is CodeKind => typeof kind === 'string' && kind in codeKinds;

export const notebookPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:notebook',
  description: 'Inserts cells that open data, shows what cells mounted, and keeps that in the notebook.',
  autoStart: true,
  requires: [IForebay, INotebookTracker],
  optional: [IRenderMimeRegistry],
  activate: (
    app: JupyterFrontEnd,
    forebay: IForebay,
    notebooks: INotebookTracker,
    rendermime: IRenderMimeRegistry | null,
  ) => {
    app.commands.addCommand(commandIds.insertMount, {
      label: labels.insertMount,
      icon: insertIcon,
      execute: async (args) => {
        const version = await versionOf(forebay, args, labels.insertMount);
        if (version) await insertCode(notebooks, 'path', version);
      },
    });
    app.commands.addCommand(commandIds.insertCode, {
      label: ({ as }) => (isKind(as) ? codeKinds[as] : labels.insertCode),
      caption: 'A cell that opens a version: with its path, pandas, PyTorch, Hugging Face or fsspec',
      icon: ({ as }) => (isKind(as) ? undefined : insertIcon),
      execute: async (args) => {
        const version = await versionOf(forebay, args, 'Insert code');
        const kind = version && (isKind(args.as) ? args.as : await askForKind());
        if (version && kind) await insertCode(notebooks, kind, version);
      },
    });
    rendermime?.addFactory(mountRendererFactory(editorHost(app, forebay)));
    recordVersions();
    tellNames(notebooks);
  },
};

async function askForKind(): Promise<CodeKind | undefined> {
  const words = Object.values(codeKinds);
  const answer = await InputDialog.getItem({ title: 'Insert code', label: 'Open it with', items: words });
  if (!answer.button.accept) return undefined;
  return (Object.keys(codeKinds) as CodeKind[]).find((kind) => codeKinds[kind] === answer.value);
}
