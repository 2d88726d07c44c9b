import {
  type DataTransfer,
  DocumentDropEdit,
  type DocumentDropEditProvider,
  DocumentDropOrPasteEditKind,
  Position,
  type TextDocument,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { type Dragged, draggedType, variantsOf } from './dragged.ts';
import { type Placing, placingsOf } from './placing.ts';

const kind = DocumentDropOrPasteEditKind.Empty.append('forebay', 'data');

/** What rows become in a Python file or a cell of a notebook: code that runs, in whole lines. */
export class PythonDropProvider implements DocumentDropEditProvider {
  static readonly metadata = { providedDropEditKinds: [kind], dropMimeTypes: [draggedType] };

  async provideDocumentDropEdits(
    document: TextDocument,
    { line }: Position,
    transfer: DataTransfer,
  ): Promise<DocumentDropEdit[]> {
    const json = await transfer.get(draggedType)?.asString();
    if (!json) return [];
    const lines = linesOf(document);
    const elsewhere = otherCells(document).flatMap(linesOf);
    return variantsOf(JSON.parse(json) as Dragged[]).map(({ title, code, kind: way }) => {
      // Nothing at the mouse itself, which may stand in the middle of a statement.
      const edit = new DocumentDropEdit('', title, kind.append(way));
      edit.additionalEdit = editOf(document, placingsOf(lines, line, code, elsewhere));
      return edit;
    });
  }
}

const linesOf = (document: TextDocument) => document.getText().split(/\r?\n/);

/** The other Python cells of the notebook that a cell's document belongs to. */
function otherCells(document: TextDocument): TextDocument[] {
  const notebook = workspace.notebookDocuments.find((one) =>
    one.getCells().some((cell) => cell.document === document),
  );
  const cells = notebook?.getCells().map((cell) => cell.document) ?? [];
  return cells.filter((cell) => cell !== document && cell.languageId === 'python');
}

function editOf(document: TextDocument, placings: readonly Placing[]): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { line, text } of placings) {
    if (line < document.lineCount) edit.insert(document.uri, new Position(line, 0), text);
    else {
      const { end } = document.lineAt(document.lineCount - 1).range;
      edit.insert(document.uri, end, `\n${text.trimEnd()}`);
    }
  }
  return edit;
}
