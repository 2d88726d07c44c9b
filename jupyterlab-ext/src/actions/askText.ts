import { InputDialog } from '@jupyterlab/apputils';
import { notifyError } from './notify.ts';

export interface TextQuestion {
  title: string;
  label: string;
  text?: string;
  placeholder?: string;
  okLabel?: string;
  /** Throws ForebayError for what can't be taken. */
  check?: (text: string) => unknown;
}

/** A line of text without the space around it; null when the person leaves, or where it can't be taken, which is said. */
export async function askText({ check, ...question }: TextQuestion): Promise<string | null> {
  const answer = await InputDialog.getText(question);
  if (!answer.button.accept) return null;
  const text = answer.value?.trim() ?? '';
  try {
    check?.(text);
    return text;
  } catch (error) {
    notifyError(error);
    return null;
  }
}
