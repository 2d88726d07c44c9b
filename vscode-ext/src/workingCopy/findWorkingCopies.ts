import { FileType, Uri, type WorkspaceFolder, workspace } from 'vscode';

/** Folders of a workspace folder that are looked into. */
const childrenMost = 200;

/** Folders of this window that follow a dataset: a workspace folder, what it lies in, or what lies directly in it. */
export async function findWorkingCopies(): Promise<string[]> {
  const open = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const found = await Promise.all(open.map(copiesOf));
  return [...new Set(found.flat())].sort();
}

async function copiesOf({ uri }: WorkspaceFolder): Promise<string[]> {
  for (const folder of withParents(uri)) {
    if (await isWorkingCopy(folder)) return [folder.fsPath];
  }
  const entries = await workspace.fs.readDirectory(uri).then(undefined, () => []);
  const folders = entries.filter(([, type]) => type === FileType.Directory).slice(0, childrenMost);
  const children = folders.map(([name]) => Uri.joinPath(uri, name));
  const are = await Promise.all(children.map(isWorkingCopy));
  return children.filter((_, nth) => are[nth]).map(({ fsPath }) => fsPath);
}

function withParents(uri: Uri): Uri[] {
  const parent = Uri.joinPath(uri, '..');
  return parent.path === uri.path ? [uri] : [uri, ...withParents(parent)];
}

async function isWorkingCopy(folder: Uri): Promise<boolean> {
  const state = Uri.joinPath(folder, '.forebay', 'working-copy.json');
  return workspace.fs.stat(state).then(
    () => true,
    () => false,
  );
}
