import { EventEmitter, type TextDocumentContentProvider, Uri } from 'vscode';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { RunsModel } from './RunsModel.ts';

/** More than this at the end of an output is not shown; bytes. */
const most = 2_000_000;

/** `forebay-run:/NAME.log?ID`: what a run printed, which grows while it runs. */
export class RunOutputProvider implements TextDocumentContentProvider {
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #daemon: DaemonModel;
  readonly #shown = new Map<string, Uri>();

  constructor(daemon: DaemonModel, runs: RunsModel) {
    this.#daemon = daemon;
    const waiting = new Set<string>();
    const tellSoon = coalesce(300, async () => {
      for (const id of waiting) {
        const uri = this.#shown.get(id);
        if (uri) this.#changed.fire(uri);
      }
      waiting.clear();
    });
    runs.touched.listen((id) => {
      if (!this.#shown.has(id)) return;
      waiting.add(id);
      tellSoon();
    });
  }

  uriOf({ id, name }: { id: string; name: string }): Uri {
    return Uri.from({ scheme: 'forebay-run', path: `/${name.replaceAll('/', '_')}.log`, query: id });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const id = uri.query;
    this.#shown.set(id, uri);
    const client = await this.#daemon.client();
    const { size } = await client.runs.output(id, Number.MAX_SAFE_INTEGER);
    const texts: string[] = size > most ? [`[the first ${size - most} bytes are left out]\n`] : [];
    for (let from = Math.max(0, size - most); ; ) {
      const output = await client.runs.output(id, from);
      texts.push(output.text);
      if (output.next === from || output.next >= output.size) return texts.join('');
      from = output.next;
    }
  }
}
