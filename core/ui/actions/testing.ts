import type { Client } from '../../src/client/client.ts';
import type { Actor, Note } from '../host.ts';

/** For tests: an editor that agrees to everything and keeps what it is told, before a client of which only `some` answers. */
export function anActor(some: Record<string, Record<string, unknown>>): Actor & { notes: Note[] } {
  const notes: Note[] = [];
  return {
    client: some as unknown as Client,
    notes,
    notify: (note) => void notes.push(note),
    ask: async () => true,
    copy: () => undefined,
    act: () => undefined,
    open: () => undefined,
  };
}
