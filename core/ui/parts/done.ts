import { ForebayError } from '../../src/api/errors.ts';

export interface Done {
  text: string;
  /** None where nothing can be taken back, as of a failure. */
  undo?: () => void;
  failed?: boolean;
  /** What went wrong. */
  error?: unknown;
}

/** What went wrong, in the words of the error. */
export function failed(error: unknown): Done {
  const { message, hint } = ForebayError.from(error);
  return { text: [message, hint].filter(Boolean).join(' '), failed: true, error };
}
