import type { LakeRequest, LakeTest } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import { credentialsOf, noCredentials, type TypedCredentials } from './typedCredentials.ts';

/** A lake as a person describes it. */
export interface LakeForm {
  kind: 'folder' | 'bucket';
  folder: string;
  bucket: string;
  prefix: string;
  endpoint: string;
  region: string;
  credentials: TypedCredentials;
}

export const emptyLakeForm = (folder: string): LakeForm => ({
  kind: 'folder',
  folder,
  bucket: '',
  prefix: '',
  endpoint: '',
  region: '',
  credentials: noCredentials,
});

/** Undefined while what is needed isn't there. A bucket may be written with `s3://`, and with its prefix. */
export function lakeRequestOf(form: LakeForm): LakeRequest | undefined {
  const folder = form.folder.trim();
  if (form.kind === 'folder') return folder === '' ? undefined : { url: folder };
  const [bucket = '', ...inBucket] = form.bucket
    .trim()
    .replace(/^s3:\/\//, '')
    .split('/')
    .filter(Boolean);
  const credentials = credentialsOf(form.credentials);
  if (bucket === '' || (form.credentials.from === 'typed' && !credentials)) return undefined;
  const path = [
    bucket,
    ...inBucket,
    ...form.prefix
      .split('/')
      .map((part) => part.trim())
      .filter(Boolean),
  ];
  return {
    url: `s3://${path.join('/')}`,
    ...(form.endpoint.trim() === '' ? {} : { endpoint: form.endpoint.trim() }),
    ...(form.region.trim() === '' ? {} : { region: form.region.trim() }),
    ...(credentials ? { credentials } : {}),
  };
}

/** In one sentence, before the single checks. */
export function lakeVerdict({ ok, holds, kind, datasets }: LakeTest): string {
  if (holds === 'missing' && kind === 'bucket') return 'There is no such bucket.';
  if (!ok) return 'It can’t be used as it is.';
  return holds === 'lake' ? `It works, with ${formatCount(datasets ?? 0, 'dataset')} in it.` : 'It works.';
}
