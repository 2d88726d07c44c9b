import { ForebayError } from '../../api/errors.ts';

/** What a filler learns that lost its staging folder, or came second. */
export function takenOver(cause?: unknown): ForebayError {
  return new ForebayError(
    'folder-busy',
    'Somebody else took over filling this version on this cache.',
    'Nothing to do: follow the other fill.',
    { cause },
  );
}
