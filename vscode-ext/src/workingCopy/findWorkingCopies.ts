import { FileType, Uri, type WorkspaceFolder, workspace } from 'vscode';

/** Levels below a workspace folder that are looked through, and how many folders of them in all. */
const most = { levels: 3, folders: 400 };

/** Folders of this window that follow a dataset: a workspace folder, what it lies in, or what lies not far below it. */
export async function findWorkingCopies(): Promise<string[]> {
  const open = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const found = await Promise.all(open.map(copiesOf));
  return [...new Set(found.flat())].sort();
}

async function copiesOf({ uri }: WorkspaceFolder): Promise<string[]> {
  for (const folder of withParents(uri)) {
    if (await isWorkingCopy(folder)) return [folder.fsPath];
  }
  const found: Uri[] = [];
  let left = most.folders;
  let level = [uri];
  for (let depth = 0; depth < most.levels && level.length > 0; depth++) {
    const below = (await Promise.all(level.map(foldersIn))).flat().slice(0, left);
    left -= below.length;
    const are = await Promise.all(below.map(isWorkingCopy));
    found.push(...below.filter((_, nth) => are[nth]));
    level = below.filter((_, nth) => !are[nth]);
  }
  return found.map(({ fsPath }) => fsPath);
}

/** Without what tools keep for themselves. */
async function foldersIn(uri: Uri): Promise<Uri[]> {
  const entries = await workspace.fs.readDirectory(uri).then(undefined, () => []);
  return entries
    .filter(([name, type]) => type === FileType.Directory && !/^(\.|node_modules$)/.test(name))
    .map(([name]) => Uri.joinPath(uri, name));
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
