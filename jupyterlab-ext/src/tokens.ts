import type { Client } from '@forebay/core/client';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Store } from './store/Store.ts';

/** One version of a dataset, as commands and panels hand it around. */
export interface VersionRef {
  dataset: string;
  version: number;
}

/** What a person chose for Forebay in JupyterLab's settings. */
export interface Preferences {
  /** The cache that *Cache version* fills; empty leaves the choice to the daemon. */
  cache: string;
  notifyWhenReady: boolean;
}

export interface IForebay {
  readonly client: Client;
  readonly store: Store;
  preferences: Preferences;
  /** The version that is chosen in the side bar. */
  selected: VersionRef | null;
  readonly selectionChanged: ISignal<IForebay, VersionRef | null>;
}

export const IForebay = new Token<IForebay>(
  'jupyterlab-forebay:IForebay',
  "Forebay's client, what it knows, and what is chosen in the side bar.",
);
