import {
  type Tab,
  TabInputCustom,
  TabInputNotebook,
  TabInputNotebookDiff,
  TabInputText,
  TabInputTextDiff,
  type Uri,
} from 'vscode';

/** The addresses of what a tab shows: both sides of a difference. */
export function shownIn({ input }: Tab): string[] {
  return urisOf(input).map((uri) => uri.toString());
}

function urisOf(input: unknown): Uri[] {
  if (input instanceof TabInputText || input instanceof TabInputCustom || input instanceof TabInputNotebook) {
    return [input.uri];
  }
  if (input instanceof TabInputTextDiff || input instanceof TabInputNotebookDiff) {
    return [input.original, input.modified];
  }
  return [];
}
