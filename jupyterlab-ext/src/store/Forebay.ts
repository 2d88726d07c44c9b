import type { Client } from '@forebay/core/client';
import { Signal } from '@lumino/signaling';
import type { IForebay, Preferences, VersionRef } from '../tokens.ts';
import type { Store } from './Store.ts';

export class Forebay implements IForebay {
  readonly client: Client;
  readonly store: Store;
  readonly selectionChanged: Signal<IForebay, VersionRef | null> = new Signal<IForebay, VersionRef | null>(
    this,
  );
  preferences: Preferences = { cache: '', notifyWhenReady: true };
  #selected: VersionRef | null = null;

  constructor(client: Client, store: Store) {
    this.client = client;
    this.store = store;
  }

  get selected(): VersionRef | null {
    return this.#selected;
  }

  set selected(version: VersionRef | null) {
    this.#selected = version;
    this.selectionChanged.emit(version);
  }
}
