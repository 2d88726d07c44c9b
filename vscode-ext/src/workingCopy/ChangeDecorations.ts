import { EventEmitter, FileDecoration, type FileDecorationProvider, ThemeColor, type Uri } from 'vscode';
import { marks } from './changeText.ts';
import type { WorkingCopyModel } from './WorkingCopyModel.ts';

/** Marks files of working copies in the explorer and on tabs; folders take the mark of what is below. */
export class ChangeDecorations implements FileDecorationProvider {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  readonly #copies: () => Iterable<WorkingCopyModel>;

  constructor(copies: () => Iterable<WorkingCopyModel>) {
    this.#copies = copies;
  }

  redraw(): void {
    this.#changed.fire(undefined);
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    if (uri.scheme !== 'file') return undefined;
    for (const copy of this.#copies()) {
      const change = copy.changeOf(uri.fsPath);
      if (!change) continue;
      const { letter, tooltip, color } = marks[change.is];
      const decoration = new FileDecoration(letter, tooltip, new ThemeColor(color));
      decoration.propagate = true;
      return decoration;
    }
    return undefined;
  }
}
