import { ForebayError } from '../../api/errors.ts';
import { reserved } from '../manifest/path.ts';
import type { Run } from './run.ts';

/** Throws `bad-request` where a folder below the top is a working copy itself: its state is no content of a version. */
export function refuseNested(folder: string, run: Run): void {
  if (!run.folder.endsWith(`/${reserved}`) || !run.names.includes('working-copy.json')) return;
  const inner = run.folder.slice(0, -reserved.length - 1);
  throw new ForebayError(
    'bad-request',
    `The folder ${JSON.stringify(inner)} is a working copy itself, inside ${folder}.`,
    `Move it out, or remove ${JSON.stringify(`${inner}/${reserved}`)} (no file of yours is in it), then sync again.`,
  );
}
