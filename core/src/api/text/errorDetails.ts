import type { ForebayError } from '../errors.ts';

/** All of an error as text, for a colleague or a bug report. */
export const errorDetails = (error: ForebayError): string =>
  [`${error.message} [${error.code}]`, error.hint].filter(Boolean).join('\n');
