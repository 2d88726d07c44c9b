/** What a dataset consists of beside its log, and what may become garbage. Anything else is left alone. */
export const objectKinds = ['packs', 'pages', 'roots', 'changes'] as const;
export type ObjectKind = (typeof objectKinds)[number];

/** An object of a dataset as a listing shows it. */
export interface ListedObject {
  /** Below `datasets/ID/`, as collect records name it. */
  name: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970, by the store's clock. */
  modified: number;
}

const pattern = /^(?:(packs)\/[a-z2-7]{26}\.tar|(pages|roots|changes)\/[a-z2-7]{26})$/;

export function kindOf(name: string): ObjectKind | undefined {
  const match = pattern.exec(name);
  return (match?.[1] ?? match?.[2]) as ObjectKind | undefined;
}
