import { mountCode } from '@forebay/core/api/mountCode';
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
import type { VersionPicker } from '../datasets/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { showDone } from '../vscode/messages.ts';
import { insertionOf } from './insertion.ts';

/** Puts the lines that open a version where the person is writing: a notebook's cell or a script's lines. */
export class MountCommands {
  readonly #picker: VersionPicker;

  constructor(picker: VersionPicker) {
    this.#picker = picker;
  }

  readonly insert = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Mount which version?');
    if (!target) return;
    const { dataset, version } = target;
    const notebook = window.activeNotebookEditor;
    if (notebook) return insertCell(notebook, dataset, version);
    const script = window.activeTextEditor;
    if (script?.document.languageId === 'python') return insertLines(script, dataset, version);
    await showDone('Open a notebook or a Python file first: the code goes where the cursor is.', {
      'Copy mount code': () => env.clipboard.writeText(mountCode(dataset, version)),
      'New notebook': async () => {
        const document = await workspace.openNotebookDocument('jupyter-notebook');
        await insertCell(await window.showNotebookDocument(document), dataset, version);
      },
    });
  };
}

/** Below the selected cell, which moves to the new one. */
async function insertCell(editor: NotebookEditor, dataset: string, version: number): Promise<void> {
  const below = editor.notebook.cellCount === 0 ? 0 : editor.selection.end;
  const code = mountCode(dataset, version).trimEnd();
  const cell = new NotebookCellData(NotebookCellKind.Code, code, 'python');
  const edit = new WorkspaceEdit();
  edit.set(editor.notebook.uri, [NotebookEdit.insertCells(below, [cell])]);
  await workspace.applyEdit(edit);
  const selections = [new NotebookRange(below, below + 1)];
  await window.showNotebookDocument(editor.notebook, {
    selections,
    viewColumn: editor.viewColumn ?? ViewColumn.Active,
  });
}

async function insertLines(editor: TextEditor, dataset: string, version: number): Promise<void> {
  const { document, selection } = editor;
  const lines = document.getText().split(/\r?\n/);
  const { line, text } = insertionOf(lines, selection.active.line, dataset, version);
  const position = new Position(line, 0);
  const needsLineEnd = line >= document.lineCount ? '\n' : '';
  await editor.edit((edit) => edit.insert(position, needsLineEnd + text));
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
