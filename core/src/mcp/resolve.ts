import { formatSelector, parseRef } from '../api/ref.ts';
import type { Version } from '../api/schemas.ts';
import type { Client } from '../client/index.ts';

/** The version that `NAME[@SEL]` means now. Throws `bad-name`, `dataset-unknown`, `version-unknown`. */
export function resolveVersion({ versions }: Client, ref: string): Promise<Version> {
  const { name, selector } = parseRef(ref);
  return versions.get(name, formatSelector(selector));
}

/** As requests name it from then on, whatever comes after. */
export const selectorOf = ({ version }: Version): string => `v${version}`;
