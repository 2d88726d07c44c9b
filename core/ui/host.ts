import { createContext, createElement, type ReactNode, useContext } from 'react';
import type { Job, Placement } from '../src/api/schemas.ts';
import type { SelectionRequest } from '../src/api/selection.ts';
import type { Client } from '../src/client/client.ts';
import type { View } from './view.ts';

/** A question that a person answers before something is done. */
export interface Question {
  title: string;
  /** What will happen; paragraphs. */
  body: readonly string[];
  /** The verb on the button that agrees: 'Push out and cache'. Left out: there is only something to read. */
  agree?: string;
}

export interface NoteAction {
  label: string;
  act: () => void;
  /** The same as data, of what pages say: a message may be answered when the page that said it is closed. */
  deed?: Deed;
}

/** What can be done without the page that offered it (`actions/perform.ts`). */
export type Deed =
  | {
      does: 'fill';
      request: { ref: string; cache?: string } & SelectionRequest;
      agreed: boolean;
      pin: boolean;
    }
  | { does: 'pin'; placement: Placement; pinned: boolean }
  | { does: 'clear' | 'verify'; placement: Placement }
  | { does: 'copy'; text: string }
  | { does: 'act'; verb: VersionVerb; dataset: string; version: number };

/** What happened, with what can be done now. */
export type Note =
  | { kind: 'done' | 'info'; text: string; actions?: readonly NoteAction[] }
  | { kind: 'failed'; error: unknown; actions?: readonly NoteAction[] };

/** What every editor can do with a version. */
export type VersionVerb = 'cache' | 'clear' | 'insert-mount' | 'copy-path';

export interface VersionFile {
  dataset: string;
  version: number;
  path: string;
}

/** What pages ask of the editor that shows them. */
export interface Host {
  client: Client;
  /** Shows a view, in a tab of its own unless one shows that page already. */
  open: (view: View) => void;
  /** Keeps this tab's view, so that it is the same after a reload. */
  keep: (view: View) => void;
  /** Names this tab. */
  title: (title: string) => void;
  /** An address that opens the view again, for somebody who works with the same hub. */
  link: (view: View) => Promise<string>;
  copy: (text: string) => void;
  /** Asks where, and writes a file there. */
  save: (name: string, bytes: Uint8Array) => Promise<void>;
  /** Opens a file of a version in the editor's own viewer; without it pages show files themselves. */
  openFile?: (ref: { dataset: string; version: number }, path: string) => void;
  /** Compares two texts in the editor's own way, where it has one. */
  openDiff?: (before: VersionFile, after: VersionFile) => void;
  /** Types a command in a terminal, for a person to start. */
  terminal: (command: string) => void;
  /** Asks in the editor's own way; true where the person agrees. */
  ask: (question: Question) => Promise<boolean>;
  /** Says it in the editor's own way, wherever the person is meanwhile. */
  notify: (note: Note) => void;
  /** Does with a version what the editor does everywhere: asks where it must, shows progress, says how it ended. */
  act: (verb: VersionVerb, dataset: string, version: number) => void;
  /** Height of a row in lists, pixels. */
  rowHeight: number;
}

/** What actions need of it; they may outlive the page that began them. */
export interface Actor extends Pick<Host, 'client' | 'ask' | 'notify' | 'copy' | 'act' | 'open'> {
  /** Follows a job in the editor's own way, with its progress and a way to cancel it; throws what it failed of. */
  follow?: (id: string) => Promise<Job>;
}

const HostContext = createContext<Host | null>(null);

export function HostProvider({ host, children }: { host: Host; children: ReactNode }) {
  return createElement(HostContext.Provider, { value: host }, children);
}

export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error('This component stands outside of a Forebay page.');
  return host;
}
