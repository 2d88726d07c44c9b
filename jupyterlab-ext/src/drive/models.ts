import type { FileEntry } from '@forebay/core/api/schemas';
import type { Contents } from '@jupyterlab/services';

const never = '1970-01-01T00:00:00.000Z';

/** A folder or file of the drive as JupyterLab lists it: never writable. */
export function modelOf(path: string, entry: Pick<FileEntry, 'kind' | 'size' | 'mtime'>): Contents.IModel {
  const isFolder = entry.kind === 'folder';
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    type: isFolder ? 'directory' : path.endsWith('.ipynb') ? 'notebook' : 'file',
    created: entry.mtime ?? never,
    last_modified: entry.mtime ?? never,
    writable: false,
    mimetype: '',
    content: null,
    format: null as unknown as Contents.FileFormat,
    ...(isFolder ? {} : { size: entry.size }),
  };
}

export const folderModel = (path: string, content: Contents.IModel[]): Contents.IModel => ({
  ...modelOf(path, { kind: 'folder', size: 0 }),
  content,
  format: 'json',
  mimetype: 'application/json',
});

/** For `btoa`, which takes text with a letter a byte; piece by piece, since arguments are limited. */
function base64(bytes: Uint8Array): string {
  let letters = '';
  for (let at = 0; at < bytes.length; at += 32_768) {
    letters += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  }
  return btoa(letters);
}

/** A file's model with its bytes in the form that was asked for, or the one that fits them. */
export function withContent(
  model: Contents.IModel,
  bytes: Uint8Array,
  wanted: Contents.FileFormat | undefined,
  mimetype: string,
): Contents.IModel {
  if (model.type === 'notebook') {
    return { ...model, content: untrusted(JSON.parse(decode(bytes))), format: 'json', mimetype: '' };
  }
  const format = wanted ?? (bytes.subarray(0, 8000).includes(0) ? 'base64' : 'text');
  const content = format === 'base64' ? base64(bytes) : decode(bytes);
  return { ...model, content, format, mimetype };
}

interface Notebook {
  cells?: { metadata?: { trusted?: unknown } }[];
}

/**
 * A notebook whose outputs may run nothing until a person trusts it: what it says of itself doesn't count. Jupyter's
 * own contents manager takes the same word away, `NotebookNotary.mark_cells` of nbformat/sign.py.
 */
function untrusted(notebook: Notebook): Notebook {
  if (Array.isArray(notebook.cells)) for (const cell of notebook.cells) delete cell.metadata?.trusted;
  return notebook;
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
