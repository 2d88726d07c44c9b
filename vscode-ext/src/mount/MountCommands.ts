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
import { placingsOf } from '../drag/placing.ts';
import type { VersionPicker } from '../pick/VersionPicker.ts';
import type { TreeNode } from '../tree/node.ts';
import { nameOf, type VersionTarget } from '../tree/target.ts';
import { showDone } from '../vscode/messages.ts';
import { type Choice, pickOne } from '../vscode/quickPick.ts';
import type { WritingPlace } from './WritingPlace.ts';

/** Puts the lines that open a version where the person is writing: a notebook's cell or a script's lines. */
export class MountCommands {
  readonly #picker: VersionPicker;
  readonly #place: WritingPlace;

  constructor(picker: VersionPicker, place: WritingPlace) {
    this.#picker = picker;
    this.#place = place;
  }

  readonly insert = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Mount which version?');
    if (target) await this.#insert(mountCode(target.dataset, target.version));
  };

  /** With pandas, PyTorch and the like: of a file's row, that file. */
  readonly insertAs = async (node?: TreeNode): Promise<void> => {
    const target = await this.#picker.target(node, 'Insert code for which version?');
    if (!target) return;
    const code = await pickOne(`Open ${nameOf(target)} with`, kindChoices(target));
    if (code !== undefined) await this.#insert(code);
  };

  async #insert(code: string): Promise<void> {
    const found = await this.#place.find();
    if (found)
      return 'notebook' in found ? insertCell(found.notebook, code) : insertLines(found.script, code);
    await showDone('Open a notebook or a Python file first: the code goes where the cursor is.', {
      'Copy code': () => env.clipboard.writeText(code),
      'New notebook': async () => {
        const document = await workspace.openNotebookDocument('jupyter-notebook');
        await insertCell(await window.showNotebookDocument(document), code);
      },
    });
  }
}

function kindChoices(target: VersionTarget): Choice<string>[] {
  return Object.entries(codeKinds).map(([kind, label]) => {
    const code = dataCode(kind as CodeKind, target);
    return { label, description: code.trimEnd().split('\n').at(-1) ?? '', value: code };
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
  const placings = placingsOf(lines, selection.active.line, code);
  await editor.edit((edit) => {
    for (const { line, text } of placings) {
      const needsLineEnd = line >= document.lineCount ? '\n' : '';
      edit.insert(new Position(line, 0), needsLineEnd + text);
    }
  });
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
