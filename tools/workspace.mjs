/** A JupyterLab workspace: `notebook` open, the Forebay panel beside it. */
export function workspaceFile(notebook) {
  const id = `notebook:${notebook}`;
  return {
    metadata: { id: 'default' },
    data: {
      'layout-restorer:data': {
        main: { dock: { type: 'tab-area', currentIndex: 0, widgets: [id] }, current: id },
        left: {
          collapsed: false,
          visible: true,
          current: 'forebay-panel',
          widgets: ['filebrowser', 'forebay-panel'],
        },
        relativeSizes: [0.28, 0.72, 0],
      },
      [id]: { data: { path: notebook, factory: 'Notebook' } },
    },
  };
}
