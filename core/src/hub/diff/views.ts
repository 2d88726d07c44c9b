import type { DiffEntries, DiffEntry } from '../../api/index.ts';
import type { DiffTable } from '../../dataset/diff/table.ts';
import {
  type DiffFilter,
  type FolderView,
  filterRows,
  folderRow,
  viewFolder,
} from '../../dataset/diff/view.ts';

export interface EntriesQuery extends DiffFilter {
  /** Null: everything below each other, else what lies directly in this folder. */
  folder: string | null;
  offset: number;
  limit: number;
}

/** Filters and folders of one comparison that are looked at: a person goes back and forth between few. */
const kept = 16;

/** Pages of a comparison's lists. */
export class DiffViews {
  readonly #table: DiffTable;
  readonly #rows = new Recent<Uint32Array>();
  readonly #folders = new Recent<FolderView>();

  constructor(table: DiffTable) {
    this.#table = table;
  }

  entries({ folder, offset, limit, ...filter }: EntriesQuery): DiffEntries {
    const key = JSON.stringify([filter.kinds.toSorted(), filter.search]);
    const rows = this.#rows.get(key, () => filterRows(this.#table, filter));
    if (folder === null) {
      const items = Array.from(rows.subarray(offset, offset + limit), (row) => this.#change(row));
      return { items, total: rows.length };
    }
    const prefix = folder === '' ? '' : `${folder.replace(/\/+$/, '')}/`;
    const view = this.#folders.get(`${key} ${prefix}`, () => viewFolder(this.#table, rows, prefix));
    const folders = view.folders.length / 2;
    const items: DiffEntry[] = [];
    for (let nth = offset; nth < Math.min(offset + limit, folders + view.files.length); nth++) {
      if (nth >= folders) items.push(this.#change(rows[view.files[nth - folders] as number] as number));
      else {
        const range = [view.folders[nth * 2], view.folders[nth * 2 + 1]] as [number, number];
        items.push({ kind: 'folder', ...folderRow(this.#table, rows, prefix, range) });
      }
    }
    return { items, total: folders + view.files.length };
  }

  #change(row: number): DiffEntry {
    const { path, is, from, before, after } = this.#table.row(row);
    return {
      ...{ kind: 'change', path, is: is === 'left' ? 'removed' : is },
      ...{ from: from ?? null, before: before ?? null, after: after ?? null },
    };
  }
}

class Recent<T> {
  readonly #kept = new Map<string, T>();

  get(key: string, make: () => T): T {
    const value = this.#kept.get(key) ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, value);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > kept && oldest !== undefined) this.#kept.delete(oldest);
    return value;
  }
}
