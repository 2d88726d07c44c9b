import { ForebayError } from '../../api/errors.ts';
import { reserved } from '../manifest/path.ts';

/** Throws `bad-request` where a folder below the top is a working copy itself: its state is no content of a version. */
export function refuseNested(folder: string, paths: readonly string[]): void {
  const mark = `/${reserved}/working-copy.json`;
  const found = paths.find((path) => path.endsWith(mark));
  if (found === undefined) return;
  const inner = found.slice(0, -mark.length);
  throw new ForebayError(
    'bad-request',
    `The folder ${JSON.stringify(inner)} is a working copy itself, inside ${folder}.`,
    `Move it out, or remove ${JSON.stringify(`${inner}/${reserved}`)} (no file of yours is in it), then sync again.`,
  );
}
