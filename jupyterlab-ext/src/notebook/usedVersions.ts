import { readMount } from './mountOutput.ts';

/** A version in a notebook's metadata, under `forebay.versions`. */
export interface UsedVersion {
  dataset: string;
  version: number;
  digest: string;
}

/** Which versions these outputs came of, by name and number, each once. */
export function usedVersions(mounts: readonly unknown[]): UsedVersion[] {
  const used = new Map<string, UsedVersion>();
  for (const mount of mounts.map(readMount)) {
    if (!mount) continue;
    const { dataset, version, digest } = mount;
    used.set(`${dataset} ${version}`, { dataset, version, digest });
  }
  return [...used.values()].sort((a, b) =>
    a.dataset === b.dataset ? a.version - b.version : a.dataset < b.dataset ? -1 : 1,
  );
}
