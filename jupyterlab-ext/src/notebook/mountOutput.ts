/** What `forebay.mount` leaves in a notebook's output, for whoever shows it (jupyterlab-ext/kernel, mounting/shown.py). */
export const mountMimeType = 'application/vnd.forebay.mount+json';
/** What a cell leaves there that reads single files: the version alone, for no eyes (notebook/opened.py). */
export const openMimeType = 'application/vnd.forebay.open+json';

export interface MountOutput {
  dataset: string;
  version: number;
  /** `sha256:HEX` */
  digest: string;
  /** Where it was mounted. */
  path: string;
  cache: string;
}

/** Undefined for what is no mount: notebooks come from anywhere. */
export function readMount(data: unknown): MountOutput | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { dataset, version, digest, path, cache } = data as Record<string, unknown>;
  if (typeof dataset !== 'string' || typeof digest !== 'string') return undefined;
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) return undefined;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return { dataset, version, digest, path: text(path), cache: text(cache) };
}
