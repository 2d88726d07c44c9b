import {
  Disposable,
  type NotebookDocument,
  type NotebookEditor,
  type TextDocument,
  type TextEditor,
  window,
} from 'vscode';

export type Written = { notebook: NotebookEditor } | { script: TextEditor };

/** The notebook or Python file in which a person writes, or last wrote: a page that is clicked is no editor of either. */
export class WritingPlace {
  #last: { notebook: NotebookDocument } | { script: TextDocument } | undefined;
  readonly #all: Disposable;

  constructor() {
    this.#remember();
    this.#all = Disposable.from(
      window.onDidChangeActiveNotebookEditor(() => this.#remember()),
      window.onDidChangeActiveTextEditor(() => this.#remember()),
    );
  }

  /** Undefined where there is none, or another file is written in now. */
  async find(): Promise<Written | undefined> {
    const active = activeOne();
    if (active) return active;
    if (window.activeTextEditor || !this.#last) return undefined;
    if ('notebook' in this.#last) {
      const { notebook } = this.#last;
      if (notebook.isClosed) return undefined;
      const shown = window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
      return { notebook: shown ?? (await window.showNotebookDocument(notebook)) };
    }
    const { script } = this.#last;
    if (script.isClosed) return undefined;
    const shown = window.visibleTextEditors.find((editor) => editor.document === script);
    return { script: shown ?? (await window.showTextDocument(script)) };
  }

  dispose(): void {
    this.#all.dispose();
  }

  #remember(): void {
    const active = activeOne();
    if (!active) return;
    this.#last =
      'notebook' in active ? { notebook: active.notebook.notebook } : { script: active.script.document };
  }
}

function activeOne(): Written | undefined {
  const notebook = window.activeNotebookEditor;
  if (notebook) return { notebook };
  const script = window.activeTextEditor;
  return script?.document.languageId === 'python' ? { script } : undefined;
}
