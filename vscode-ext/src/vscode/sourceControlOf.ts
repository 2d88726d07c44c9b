import type { SourceControl } from 'vscode';

/** What menus and the input box of the Source Control view hand over; undefined for anything else. */
export function sourceControlOf(clicked: unknown): SourceControl | undefined {
  return typeof clicked === 'object' && clicked !== null && 'inputBox' in clicked
    ? (clicked as SourceControl)
    : undefined;
}
