import type { ChangeEvent } from '@forebay/core/api/schemas';
import type { Client } from '@forebay/core/client';

/** What other extensions get of `extensions.getExtension('forebay.forebay').activate()`. */
export interface ForebayApi {
  /** Grows when something is added; what is there stays. */
  readonly apiVersion: 1;
  /** The typed client of the daemon, which is started if need be. What fails throws an error with `code` and `hint`. */
  client: () => Promise<Client>;
  /** Opens a page by its view: 'runs', 'caches', 'dataset?dataset=NAME'. */
  open: (view: string) => void;
  /** Python lines that mount a version: 'chest-xray@v3', 'chest-xray@latest', 'chest-xray'. */
  mountCode: (ref: string) => Promise<string>;
  /** As `vscode.Event`: tells what changed; read its subject again. */
  onDidChange: (listener: (event: ChangeEvent) => unknown) => { dispose(): void };
}
