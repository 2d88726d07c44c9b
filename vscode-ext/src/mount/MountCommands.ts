import { type CodeKind, codeKinds, dataCode } from '@forebay/core/api/code/dataCode';
import { mountCode } from '@forebay/core/api/code/mountCode';
import {
  env,
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  type NotebookEditor,
  NotebookRange,
  Position,
  type TextEditor,
  TextEditorRevealType,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { nameOf, type VersionTarget } from '../tree/target.ts';
import { showDone } from '../vscode/messages.ts';
import { type Choice, pickOne } from '../vscode/quickPick.ts';
import { insertionOf } from './insertion.ts';

/** Puts the lines that open a version where the person is writing: a notebook's cell or a script's lines. */
export class MountCommands {
  readonly #picker: VersionPicker;

  constructor(picker: VersionPicker) {
    this.#picker = picker;
  }

  readonly insert = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Mount which version?');
    if (target) await insertCode(mountCode(target.dataset, target.version));
  };

  /** With pandas, PyTorch and the like: of a file's row, that file. */
  readonly insertAs = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Insert code for which version?');
    if (!target) return;
    const code = await pickOne(`Open ${nameOf(target)} with`, kindChoices(target));
    if (code !== undefined) await insertCode(code);
  };
}

function kindChoices(target: VersionTarget): Choice<string>[] {
  return Object.entries(codeKinds).map(([kind, label]) => {
    const code = dataCode(kind as CodeKind, target);
    return { label, description: code.trimEnd().split('\n').at(-1) ?? '', value: code };
  });
}

async function insertCode(code: string): Promise<void> {
  const notebook = window.activeNotebookEditor;
  if (notebook) return insertCell(notebook, code);
  const script = window.activeTextEditor;
  if (script?.document.languageId === 'python') return insertLines(script, code);
  await showDone('Open a notebook or a Python file first: the code goes where the cursor is.', {
    'Copy code': () => env.clipboard.writeText(code),
    'New notebook': async () => {
      const document = await workspace.openNotebookDocument('jupyter-notebook');
      await insertCell(await window.showNotebookDocument(document), code);
    },
  });
}

/** Below the selected cell, which moves to the new one. */
async function insertCell(editor: NotebookEditor, code: string): Promise<void> {
  const below = editor.notebook.cellCount === 0 ? 0 : editor.selection.end;
  const cell = new NotebookCellData(NotebookCellKind.Code, code.trimEnd(), 'python');
  const edit = new WorkspaceEdit();
  edit.set(editor.notebook.uri, [NotebookEdit.insertCells(below, [cell])]);
  await workspace.applyEdit(edit);
  const selections = [new NotebookRange(below, below + 1)];
  await window.showNotebookDocument(editor.notebook, {
    selections,
    viewColumn: editor.viewColumn ?? ViewColumn.Active,
  });
}

async function insertLines(editor: TextEditor, code: string): Promise<void> {
  const { document, selection } = editor;
  const lines = document.getText().split(/\r?\n/);
  const { line, text } = insertionOf(lines, selection.active.line, code);
  const position = new Position(line, 0);
  const needsLineEnd = line >= document.lineCount ? '\n' : '';
  await editor.edit((edit) => edit.insert(position, needsLineEnd + text));
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
