import { fileType, isPicture } from '../../src/api/fileType.ts';

export type PreviewKind = 'image' | 'table' | 'json' | 'markdown' | 'text' | 'binary';

const byType: Record<string, PreviewKind> = {
  ...{ csv: 'table', tsv: 'table', json: 'json', geojson: 'json', ipynb: 'json' },
  ...{ md: 'markdown', markdown: 'markdown' },
};

/** What no editor shows as text, whatever its bytes. */
const binary = new Set([
  ...['npy', 'npz', 'h5', 'hdf5', 'parquet', 'arrow', 'feather', 'pt', 'pth', 'pkl', 'bin', 'onnx'],
  ...['safetensors', 'zip', 'tar', 'gz', 'zst', 'bz2', 'xz', '7z', 'pdf', 'tif', 'tiff', 'dcm', 'nii'],
  ...['wav', 'mp3', 'flac', 'ogg', 'mp4', 'webm', 'avi', 'mkv', 'so', 'exe', 'dll', 'whl', 'db', 'sqlite'],
]);

/** Bytes that are read of a file at most: of a picture all or nothing. */
export const previewMost = { image: 20_000_000, json: 1_000_000, text: 256 * 1024 } as const;

/** How a file is looked at, by its name; text that turns out to be none is binary. */
export function previewKind(path: string): PreviewKind {
  const type = fileType(path);
  if (isPicture(path)) return 'image';
  return byType[type] ?? (binary.has(type) ? 'binary' : 'text');
}

/** Bytes to read; 0: none. */
export function bytesToRead(kind: PreviewKind, size: number): number {
  if (kind === 'binary') return 0;
  if (kind === 'image') return size <= previewMost.image ? size : 0;
  return Math.min(size, kind === 'json' ? previewMost.json : previewMost.text);
}

/** Whether bytes are no text: a 0 among the first (as git tells). */
export const looksBinary = (bytes: Uint8Array): boolean => bytes.subarray(0, 8000).includes(0);

/** Text of a file's first bytes, without the last line where that may be cut off. */
export function textOf(bytes: Uint8Array, whole: boolean): string {
  const text = new TextDecoder().decode(bytes);
  const end = text.lastIndexOf('\n');
  return whole || end < 0 ? text : text.slice(0, end + 1);
}
