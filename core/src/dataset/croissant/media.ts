/** Media types by the end of a file's name, where Croissant's own tools know them (https://www.iana.org/assignments/media-types). */
const types: Readonly<Record<string, string>> = {
  ...{ csv: 'text/csv', tsv: 'text/tab-separated-values', txt: 'text/plain', md: 'text/markdown' },
  ...{ json: 'application/json', jsonl: 'application/jsonlines', ndjson: 'application/jsonlines' },
  ...{ xml: 'application/xml', html: 'text/html', yaml: 'application/yaml', yml: 'application/yaml' },
  ...{ parquet: 'application/x-parquet', npy: 'application/x-npy', npz: 'application/x-npz' },
  ...{ h5: 'application/x-hdf5', hdf5: 'application/x-hdf5', pdf: 'application/pdf' },
  ...{ png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', bmp: 'image/bmp' },
  ...{ tif: 'image/tiff', tiff: 'image/tiff', webp: 'image/webp', dcm: 'image/dicom', svg: 'image/svg+xml' },
  ...{ wav: 'audio/wav', mp3: 'audio/mpeg', flac: 'audio/flac', ogg: 'audio/ogg' },
  ...{ mp4: 'video/mp4', webm: 'video/webm', avi: 'video/x-msvideo' },
  ...{ zip: 'application/zip', tar: 'application/x-tar', gz: 'application/gzip', zst: 'application/zstd' },
};

/** Of what nobody can tell from its name. */
export const anyMedia = 'application/octet-stream';

/** `png` of `a/b.png`, as it is written; '' where there is none that a glob may name. */
export function extensionOf(path: string): string {
  const found = /[^/.][^/]*\.([A-Za-z0-9]{1,10})$/.exec(path);
  return found?.[1] ?? '';
}

export const mediaOf = (extension: string): string => types[extension.toLowerCase()] ?? anyMedia;

/** Pictures that programs open as such; a drawing (SVG) isn't one. */
export const isPicture = (extension: string): boolean =>
  mediaOf(extension).startsWith('image/') && extension.toLowerCase() !== 'svg';
