/** What stands in the file of a notebook for Python with one cell of code. */
export const notebookFile = (code = ''): string =>
  JSON.stringify({
    cells: [
      { cell_type: 'code', id: 'first', metadata: {}, outputs: [], execution_count: null, source: code },
    ],
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3 (ipykernel)', language: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
