import { readView, type View, viewKey, writeView } from '@forebay/core/ui';
import { namesMore } from '@forebay/core/ui/view';
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import { CachingDialog } from '../pages/CachingDialog.tsx';
import { editorHost, labHost, linkTo, viewParameter } from '../pages/labHost.ts';
import { PageWidget } from '../pages/PageWidget.tsx';
import { IForebay } from '../tokens.ts';
import { commandIds, labels } from './commandIds.ts';

const notebook7 = 'Jupyter Notebook';

export const pagesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:pages',
  description: 'Opens pages in the main area, restores them after a reload, and follows links to them.',
  autoStart: true,
  requires: [IForebay],
  optional: [ILayoutRestorer],
  activate: (app: JupyterFrontEnd, forebay: IForebay, restorer: ILayoutRestorer | null) => {
    const pages = new WidgetTracker<PageWidget>({ namespace: 'forebay-pages' });
    const host = labHost(app, forebay, (page) => void pages.save(page));
    const open = (view: View) => {
      if (view.page === 'caching') return new CachingDialog(view.of, editorHost(app, forebay)).open();
      const id = `forebay-${viewKey(view)}`;
      const known = pages.find((page) => page.id === id);
      const page = known ?? new PageWidget(view, host);
      if (known) {
        if (namesMore(view)) known.goTo(view);
      } else {
        page.id = id;
        app.shell.add(page, 'main');
        void pages.add(page);
      }
      app.shell.activateById(id);
      return page;
    };
    app.commands.addCommand(commandIds.openPage, {
      label: labels.openPage,
      execute: ({ view }) => {
        const asked = typeof view === 'string' ? readView(view) : undefined;
        // Notebook 7 shows one thing a tab of the browser: pages open in JupyterLab, in a tab of their own.
        if (asked && app.name === notebook7) return void window.open(linkTo(asked));
        return asked && open(asked);
      },
    });
    void restorer?.restore(pages, {
      command: commandIds.openPage,
      args: ({ view }) => ({ view: writeView(view) }),
      name: ({ id }) => id,
    });
    // A link to a view opens it once, and leaves the address as it is without it.
    const address = new URL(window.location.href);
    const linked = readView(address.searchParams.get(viewParameter) ?? '');
    if (linked) {
      address.searchParams.delete(viewParameter);
      window.history.replaceState(null, '', address);
      void app.restored.then(() => open(linked));
    }
  },
};
