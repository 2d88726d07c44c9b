const letters = /^[A-Za-z0-9]{1,12}$/;

/** `png` of `a/b.PNG`: how lists and statistics group files; '' where a name says none. */
export function fileType(path: string): string {
  const dot = path.lastIndexOf('.');
  if (dot <= path.lastIndexOf('/') + 1) return '';
  const ending = path.slice(dot + 1);
  return letters.test(ending) ? ending.toLowerCase() : '';
}

const pictures = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'avif', 'ico', 'svg']);

/** Whether browsers draw files of this type. */
export const isPictureType = (type: string): boolean => pictures.has(type);

/** Whether browsers draw it. */
export const isPicture = (path: string): boolean => isPictureType(fileType(path));

const tables = new Set(['csv', 'tsv', 'tab', 'parquet', 'pq', 'jsonl', 'ndjson', 'feather', 'xlsx', 'xls']);

/** Whether a file holds rows and columns, which pandas reads. */
export const isTable = (path: string): boolean => tables.has(fileType(path));
