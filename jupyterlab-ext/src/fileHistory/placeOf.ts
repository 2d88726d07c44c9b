import { ForebayError, isForebayError } from '@forebay/core/api/errors';
import { PathExt } from '@jupyterlab/coreutils';
import { driveName, parseDrivePath } from '../drive/drivePath.ts';
import { pathOnServer } from '../sync/browsedFolder.ts';
import type { IForebay } from '../tokens.ts';

/** A path of a dataset, whatever the version. */
export interface PlaceInDataset {
  dataset: string;
  path: string;
}

/** Where a file of JupyterLab lies in a dataset: one of a version, or one in a working copy. Throws `path-unknown`. */
export async function placeOf({ client }: IForebay, file: string | undefined): Promise<PlaceInDataset> {
  const ofVersion = file?.startsWith(`${driveName}:`)
    ? parseDrivePath(file.slice(driveName.length + 1))
    : null;
  if (ofVersion && ofVersion.path !== '') return ofVersion;
  const folder = file === undefined ? null : pathOnServer(PathExt.dirname(file));
  if (file === undefined || folder === null) throw noFile();
  const { dataset, inside } = await client.workingCopies.status(folder).catch((error) => {
    throw isForebayError(error, 'not-a-working-copy') ? noFile() : error;
  });
  return { dataset, path: PathExt.join(inside, PathExt.basename(file)) };
}

const noFile = () =>
  new ForebayError(
    'path-unknown',
    'This file belongs to no version.',
    'Open a file of a version, or one in a folder that was synced or cloned.',
  );
