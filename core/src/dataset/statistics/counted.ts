export interface Counted {
  files: number;
  bytes: number;
}

export const none = (): Counted => ({ files: 0, bytes: 0 });

export function addTo(counted: Counted, bytes: number, files = 1): void {
  counted.files += files;
  counted.bytes += bytes;
}

export function sumOf(all: readonly Counted[]): Counted {
  const sum = none();
  for (const { files, bytes } of all) addTo(sum, bytes, files);
  return sum;
}
