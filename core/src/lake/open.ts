import { isAbsolute, resolve } from 'node:path';
import { ForebayError } from '../api/errors.ts';
import { DirectoryLake } from './directoryLake.ts';
import { Externals } from './external/externals.ts';
import type { Lake } from './lake.ts';
import type { LakeLocation } from './location.ts';
import type { Patience } from './s3/patience.ts';
import { S3Lake } from './s3/s3Lake.ts';

/** The lake at `location`: `s3://bucket[/prefix]` or an absolute path. Nothing is read or written yet. */
export function openLake(location: LakeLocation, patience?: Patience): Lake {
  if (location.url.startsWith('s3://')) return new S3Lake(location, patience);
  if (isAbsolute(location.url)) return new DirectoryLake(resolve(location.url), new Externals(location));
  throw new ForebayError(
    'bad-request',
    `'${location.url}' is not the address of a lake.`,
    'Write an absolute folder like /data/lake, or s3://bucket/prefix.',
  );
}
