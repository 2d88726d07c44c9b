import type { Problem } from '@forebay/core/api/errors';
import type { ChangeEvent } from '@forebay/core/api/schemas';
import type { Deed, VersionFile, VersionVerb } from '@forebay/core/ui/host';

/** Every message between a page and the extension. Views travel as addresses (`writeView`). */
export type FromPage =
  | { kind: 'ready' }
  | { kind: 'request'; id: number; request: PageRequest }
  | { kind: 'cancel'; id: number }
  | { kind: 'link'; id: number; view: string }
  | { kind: 'save'; id: number; name: string; bytes: Uint8Array }
  | { kind: 'open'; view: string }
  | { kind: 'keep'; view: string }
  | { kind: 'title'; title: string }
  | { kind: 'copy'; text: string }
  | ({ kind: 'open-file' } & VersionFile)
  | { kind: 'open-diff'; before: VersionFile; after: VersionFile; title: string }
  | { kind: 'terminal'; command: string }
  | { kind: 'ask'; id: number; title: string; body: readonly string[]; agree?: string | undefined }
  | { kind: 'notify'; id: number; text: string; problem?: Problem | undefined; buttons: readonly Button[] }
  | { kind: 'act'; verb: VersionVerb; dataset: string; version: number };

/** Of a message. What has no deed the page does itself, while it is open. */
export interface Button {
  label: string;
  deed?: Deed | undefined;
}

export type ToPage =
  | { kind: 'show'; view: string }
  | { kind: 'answer'; id: number; data: unknown }
  | { kind: 'failure'; id: number; problem: Problem }
  | { kind: 'change'; event: ChangeEvent }
  | { kind: 'connection'; connected: boolean };

/** What the page's client would have sent, were there a way. */
export interface PageRequest {
  method: string;
  url: string;
  params?: Record<string, unknown> | undefined;
  data?: unknown;
  headers?: Record<string, string> | undefined;
  responseType?: 'arraybuffer' | undefined;
}
