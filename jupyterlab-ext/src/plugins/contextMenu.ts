import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';

export const contextMenuPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:context-menu',
  description:
    'Gives the focus back where a context menu was opened by keyboard, which JupyterLab leaves nowhere.',
  autoStart: true,
  activate: ({ contextMenu }: JupyterFrontEnd) => {
    const places = '.fb-root, .fb-side-bar, .jp-DirListing';
    let focused: HTMLElement | null = null;
    const remember = () => {
      const { activeElement } = document;
      focused = activeElement?.closest(places) ? (activeElement as HTMLElement) : null;
    };
    document.addEventListener('contextmenu', remember, true);
    contextMenu.menu.aboutToClose.connect(() => focused?.focus({ preventScroll: true }));
  },
};
