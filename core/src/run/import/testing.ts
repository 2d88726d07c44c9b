import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RunImportResult } from '../../api/schemas.ts';
import { makeDefaultExperiment } from '../experiments.ts';
import { openRuns, type RunDatabase } from '../store/open.ts';
import { importRuns } from './import.ts';

/** A home's runs and a store beside it, on disk: an import has a connection of its own. */
export class ImportHouse {
  readonly folder: string;
  readonly store: string;
  readonly home: string;
  readonly db: RunDatabase;

  private constructor(db: RunDatabase, folder: string) {
    this.db = db;
    this.folder = folder;
    this.store = join(folder, 'mlruns');
    this.home = join(folder, 'home');
  }

  static async make(): Promise<ImportHouse> {
    const folder = mkdtempSync(join(tmpdir(), 'fb-import-'));
    mkdirSync(join(folder, 'home'));
    const db = await openRuns(join(folder, 'home', 'runs.db'));
    await makeDefaultExperiment(db, 0);
    return new ImportHouse(db, folder);
  }

  /** Files of the store, by path. */
  write(files: Record<string, string | Uint8Array>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.store, path)), { recursive: true });
      writeFileSync(join(this.store, path), content);
    }
  }

  import({
    signal = new AbortController().signal,
    report = () => {},
    ...request
  }: {
    path?: string;
    experiment?: string;
    dryRun?: boolean;
    signal?: AbortSignal;
    report?: () => void;
  } = {}): Promise<RunImportResult> {
    const { path = this.store, experiment, dryRun = false } = request;
    return importRuns({ folder: this.home, path, experiment, dryRun }, { signal, report });
  }

  async remove(): Promise<void> {
    await this.db.destroy();
    rmSync(this.folder, { recursive: true });
  }
}

/** As MLflow writes them. */
export const experimentMeta = (name: string) =>
  `name: ${name}\nexperiment_id: '7'\nlifecycle_stage: active\n`;
export const runMeta = (id: string, more: Record<string, string> = {}) =>
  Object.entries({ run_id: id, status: '3', start_time: '1700000000000', end_time: '1700000005000', ...more })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');

/** 32 hexadecimal digits that end in this number. */
export const runId = (number: number): string => number.toString(16).padStart(32, '0');
