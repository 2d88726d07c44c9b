import { type TextDocument, workspace } from 'vscode';
import { type Mention, mentionsIn } from './python/mentions.ts';
import { type ModuleNames, moduleNames } from './python/moduleNames.ts';
import { readPython } from './python/pythonText.ts';

/** Python files, and cells of notebooks. */
export const python = { language: 'python' };

/** The versions that a document names; none where neither it nor its notebook speaks of Forebay. */
export function mentionsOf(document: TextDocument): Mention[] {
  const names = namesOf(document);
  if (!names) return [];
  const text = document.getText();
  return mentionsIn(text, readPython(text), names);
}

/** What the module is called in a document; undefined where it isn't spoken of. */
export function namesOf(document: TextDocument): ModuleNames | undefined {
  const texts = cellsOf(document).map((each) => each.getText());
  const speaking = texts.filter((text) => text.includes('forebay'));
  return speaking.length === 0 ? undefined : moduleNames(speaking.map(readPython));
}

/** Of a notebook all cells of Python: what one imports, others use. */
function cellsOf(document: TextDocument): TextDocument[] {
  if (document.uri.scheme !== 'vscode-notebook-cell') return [document];
  const path = document.uri.path;
  const notebook = workspace.notebookDocuments.find(({ uri }) => uri.path === path);
  const cells = notebook?.getCells().map((cell) => cell.document) ?? [document];
  return cells.filter(({ languageId }) => languageId === 'python');
}
