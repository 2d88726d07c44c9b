import { hash } from 'node:crypto';
import { canonicalEntry, type Entry } from '../entry.ts';

export interface LeafPage {
  level: 0;
  entries: Entry[];
}

export interface IndexPage {
  level: number;
  children: PageRef[];
}

export type Page = LeafPage | IndexPage;

/** Where a page lies and what is below it. */
export interface PageRef {
  /** `sha256:HEX`, logical. */
  hash: string;
  /** Path of the last entry below. */
  last: string;
  /** Name of `pages/<object>`. */
  object: string;
  /** Of its zstd frame, bytes. */
  offset: number;
  length: number;
  /** Below this page. */
  entries: number;
  files: number;
  bytes: number;
}

export function isLeaf(page: Page): page is LeafPage {
  return page.level === 0;
}

/** `sha256:HEX` over the canonical lines joined by LF: what the digest of a version is made of. */
export function hashPage(page: Page): string {
  const lines = isLeaf(page)
    ? page.entries.map(canonicalEntry)
    : page.children.map((child) => JSON.stringify([child.hash, child.last]));
  return hashLines(lines);
}

export function hashLines(lines: string[]): string {
  return `sha256:${hash('sha256', lines.join('\n'))}`;
}
