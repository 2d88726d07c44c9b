import { mountCode } from '@forebay/core/api/mountCode';
import { formatSelector, parseRef } from '@forebay/core/api/ref';
import type { ChangeEvent } from '@forebay/core/api/schemas';
import type { Client } from '@forebay/core/client';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { Subscription } from '../signal.ts';

/** What other extensions get of `extensions.getExtension('forebay.forebay').activate()`; README.md documents it. */
export interface ForebayApi {
  /** Grows when something is added; what is there stays. */
  readonly apiVersion: 1;
  /** The typed client of the daemon, which is started if need be. Throws ForebayError. */
  client: () => Promise<Client>;
  /** Opens a page by its view: 'runs', 'caches', 'dataset?dataset=NAME'. */
  open: (view: string) => void;
  /** Python lines that mount a version: 'chest-xray@v3', 'chest-xray@latest', 'chest-xray'. Throws ForebayError. */
  mountCode: (ref: string) => Promise<string>;
  /** As `vscode.Event`: tells what changed; read its subject again. */
  onDidChange: (listener: (event: ChangeEvent) => unknown) => Subscription;
}

export function createApi(
  daemon: Pick<DaemonModel, 'client' | 'hints'>,
  open: (view: string) => void,
): ForebayApi {
  return {
    apiVersion: 1,
    client: () => daemon.client(),
    open,
    mountCode: async (ref) => {
      const { name, selector } = parseRef(ref);
      if (selector.kind === 'number') return mountCode(name, selector.number);
      const client = await daemon.client();
      const { version } = await client.versions.get(name, formatSelector(selector));
      return mountCode(name, version);
    },
    onDidChange: daemon.hints.listen,
  };
}
