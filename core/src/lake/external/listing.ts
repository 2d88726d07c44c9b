import type { ListObjectsV2CommandOutput, ListObjectVersionsCommandOutput } from '@aws-sdk/client-s3';

/** An object as a listing shows it. */
export interface ListedObject {
  key: string;
  etag: string;
  versionId: string | null;
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** The store couldn't write the key as text: it may be another. */
  garbled: boolean;
}

type Page = Pick<ListObjectsV2CommandOutput, 'Contents' | 'EncodingType'>;
type VersionsPage = Pick<ListObjectVersionsCommandOutput, 'Versions' | 'EncodingType'>;

export function objectsOf({ Contents = [], EncodingType }: Page): ListedObject[] {
  return Contents.map((item) => listed({ ...item, VersionId: undefined }, EncodingType));
}

/** The newest version of each object; one whose newest is a delete marker is gone. */
export function newestOf({ Versions = [], EncodingType }: VersionsPage): ListedObject[] {
  return Versions.filter(({ IsLatest }) => IsLatest).map((item) => listed(item, EncodingType));
}

interface Item {
  Key?: string | undefined;
  ETag?: string | undefined;
  Size?: number | undefined;
  LastModified?: Date | undefined;
  VersionId?: string | undefined;
}

function listed(item: Item, encoding: string | undefined): ListedObject {
  const key = decodeKey(item.Key ?? '', encoding);
  return {
    key: key ?? item.Key ?? '',
    etag: item.ETag ?? '',
    versionId: item.VersionId ?? null,
    size: item.Size ?? 0,
    modified: item.LastModified?.getTime() ?? 0,
    garbled: key === undefined || (encoding !== 'url' && key.includes('\uFFFD')),
  };
}

/** Form encoding, a space as `+`, is what stores mean by `url` (botocore decodes it so); only the answer tells whether they did it. */
export function decodeKey(key: string, encoding: string | undefined): string | undefined {
  if (encoding !== 'url') return key;
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
