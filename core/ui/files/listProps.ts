import type { DragEvent } from 'react';
import type { FileEntry } from '../../src/api/schemas.ts';
import type { FilesFeed, FilesSnapshot } from './FilesFeed.ts';

/** What a list and a grid of files have in common. */
export interface ListProps {
  dataset: string;
  version: number;
  folder: string;
  feed: FilesFeed;
  snapshot: FilesSnapshot;
  sort: string;
  onSort: (sort: string) => void;
  active: number;
  onActive: (index: number) => void;
  /** A file is looked at beside the list; folders and links are not. */
  onLook: (entry: FileEntry) => void;
  onOpen: (entry: FileEntry) => void;
  onUp: () => void;
  onDrag: (event: DragEvent, entry: FileEntry) => void;
}

/** Browsers draw no taller element, pixels. */
const tallest = 16_000_000;

/** Of so many entries those that a list can draw: `across` in each line, of this height in pixels. */
export const drawable = (total: number, height: number, across: number): number =>
  Math.min(total, Math.floor(tallest / height) * across);
