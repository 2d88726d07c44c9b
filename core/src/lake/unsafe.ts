import { ForebayError } from '../api/errors.ts';

/** What a store must have so that nobody's version is overwritten or read wrong. */
export function conditionsIgnored(url: string): ForebayError {
  return new ForebayError(
    'lake-unsafe',
    `The store of the lake ${url} ignores conditional writes: of several that wrote the same new object at once, not exactly one was told it had won. Two people syncing at once would overwrite each other.`,
    'Use a store that honours If-None-Match, such as AWS, StorageGRID, Ceph or SeaweedFS in a current version, or a folder.',
  );
}

export function rangesIgnored(url: string): ForebayError {
  return new ForebayError(
    'lake-unsafe',
    `The store of the lake ${url} answers with other bytes than were asked for.`,
    'Forebay reads parts of objects (HTTP ranges). Is there a proxy in between that drops the Range header?',
  );
}

/** FAT, exFAT and some FUSE file systems have no link(2), which alone gives put-if-absent with whole contents. */
export function linksUnsupported(root: string, thrown: unknown): ForebayError {
  return new ForebayError(
    'lake-unsafe',
    `The file system of ${root} has no hard links, so two people syncing at once could overwrite each other.`,
    'Put the lake on a file system with hard links (ext4, xfs, NFS, ...) or in S3.',
    { cause: thrown },
  );
}

export function timeUnknown(url: string): ForebayError {
  return new ForebayError(
    'lake-unsafe',
    `The store of the lake ${url} doesn't say what time it is: its answers have no Date header.`,
    'Garbage is deleted a day after it was named, by the clock of the store. Is there a proxy in between that drops the header?',
  );
}
