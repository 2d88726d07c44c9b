import { ForebayError } from '@forebay/core/api/errors';
import { window } from 'vscode';

export interface Question {
  title: string;
  prompt: string;
  value?: string;
  placeHolder?: string;
  /** Throws ForebayError for what can't be taken. */
  check?: (text: string) => unknown;
}

/** A line of text; undefined when the person leaves, which '' isn't. */
export async function inputText({ check, ...question }: Question): Promise<string | undefined> {
  return window.showInputBox({
    ...question,
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        check?.(text);
        return undefined;
      } catch (thrown) {
        const { message, hint } = ForebayError.from(thrown);
        return [message, hint].filter(Boolean).join(' ');
      }
    },
  });
}
