import type { Dataset, Version } from '@forebay/core/api/schemas';
import type { Mention } from './python/mentions.ts';

/** How what a text names stands to what there is. */
export type Standing =
  | { kind: 'unread' }
  | { kind: 'no-dataset'; name: string }
  | { kind: 'no-version'; name: string; selector: string; newest: number | null }
  /** `version` null where it is older than what has been read. */
  | { kind: 'there'; name: string; number: number; version: Version | null; newest: number };

export interface Known {
  /** Null: not read yet. */
  datasets: readonly Dataset[] | null;
  /** Newest first, as many as were read; null: not read yet. */
  versions: readonly Version[] | null;
}

export function standingOf({ name, selector }: Mention, { datasets, versions }: Known): Standing {
  if (datasets === null) return { kind: 'unread' };
  const dataset = datasets.find((one) => one.name === name);
  if (!dataset) return { kind: 'no-dataset', name };
  if (versions === null) return { kind: 'unread' };
  const newest = Math.max(dataset.latest?.version ?? 0, versions[0]?.version ?? 0);
  const wanted = selector ?? 'latest';
  const missing: Standing = { kind: 'no-version', name, selector: wanted, newest: newest || null };
  const version = versions.find((one) => isMeant(one, wanted, newest));
  if (version) return { kind: 'there', name, number: version.version, version, newest };
  const number = numberOf(wanted);
  const older = versions.at(-1)?.version ?? 0;
  return number !== null && number < older ? { kind: 'there', name, number, version: null, newest } : missing;
}

/** Whether a selector, as what follows the @, means a version. */
export function isMeant({ version, tags, digest }: Version, selector: string, newest: number): boolean {
  if (selector === 'latest') return version === newest;
  if (selector.startsWith('sha256-')) return digest.startsWith(selector.replace('sha256-', 'sha256:'));
  return version === numberOf(selector) || tags.includes(selector);
}

function numberOf(selector: string): number | null {
  const digits = /^v([1-9]\d*)$/.exec(selector)?.[1];
  return digits === undefined ? null : Number(digits);
}
