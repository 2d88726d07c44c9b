import { formatRef, parseRef } from '@forebay/core/api/ref';
import type { VersionRef } from '../tokens.ts';

export const driveName = 'Forebay';

/** `chest-xray@v3/images/a.png` of the drive; no dataset: its top, where the newest versions stand. */
export interface DrivePath {
  dataset: string;
  /** v3, latest, a tag, or sha256-HEX. */
  selector: string;
  /** Within the version; '' for its top. */
  path: string;
}

/** Null for the drive's top. Throws `bad-name` or `bad-request` for what names no version. */
export function parseDrivePath(localPath: string): DrivePath | null {
  const [ref = '', ...rest] = localPath.split('/').filter(Boolean);
  if (ref === '') return null;
  parseRef(ref);
  const [dataset = '', selector = 'latest'] = ref.split('@');
  return { dataset, selector, path: rest.join('/') };
}

/** `Forebay:chest-xray@v3/images/a.png`, as JupyterLab's commands take it. */
export function drivePathOf({ dataset, version }: VersionRef, path: string): string {
  return `${driveName}:${formatRef(dataset, version)}${path === '' ? '' : `/${path}`}`;
}
