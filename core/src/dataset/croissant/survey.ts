import type { Entry, FileEntry } from '../entry.ts';
import { extensionOf } from './media.ts';

/** Of the files that lie directly in a folder. */
export interface FolderCount {
  files: number;
  /** How many of each extension. */
  extensions: Map<string, number>;
  /** Whether there are folders in it. */
  folders: boolean;
}

/** What a version holds, as far as a description needs it. */
export interface Survey {
  files: number;
  /** The first of them. */
  some: FileEntry[];
  /** At the top, and tables wherever they lie; the first of them. */
  notable: FileEntry[];
  /** By path, '' for the top. Null where there are too many. */
  folders: Map<string, FolderCount> | null;
  /** By what comes before the first '/', and by extension. */
  groups: Map<string, Map<string, number>>;
}

/** Files that are described one by one; a version with more is described by folders. */
export const mostFiles = 200;
const mostNotable = 50;
const mostFolders = 20_000;

const tables = new Set(['csv', 'tsv', 'parquet', 'json', 'jsonl']);

export const newSurvey = (): Survey => ({
  ...{ files: 0, some: [], notable: [], folders: new Map(), groups: new Map() },
});

/** Takes a version's next entries into the survey; links and empty folders are no files. */
export function surveyEntries(survey: Survey, entries: readonly Entry[]): void {
  for (const entry of entries) if (entry.kind === 'file') surveyFile(survey, entry);
}

function surveyFile(survey: Survey, file: FileEntry): void {
  const { path } = file;
  const extension = extensionOf(path);
  const slash = path.lastIndexOf('/');
  const folder = slash < 0 ? '' : path.slice(0, slash);
  survey.files += 1;
  if (survey.some.length <= mostFiles) survey.some.push(file);
  const isNotable = folder === '' || tables.has(extension.toLowerCase());
  if (isNotable && survey.notable.length < mostNotable) survey.notable.push(file);
  countIn(survey, folder, extension);
  const top = path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
  const group = survey.groups.get(top) ?? new Map<string, number>();
  group.set(extension, (group.get(extension) ?? 0) + 1);
  survey.groups.set(top, group);
}

function countIn(survey: Survey, folder: string, extension: string): void {
  const { folders } = survey;
  if (!folders) return;
  const { extensions, ...counts } = folderIn(folders, folder);
  extensions.set(extension, (extensions.get(extension) ?? 0) + 1);
  folders.set(folder, { ...counts, extensions, files: counts.files + 1 });
  if (folders.size > mostFolders) survey.folders = null;
}

/** Made if need be, with those around it. */
function folderIn(folders: Map<string, FolderCount>, folder: string): FolderCount {
  const there = folders.get(folder);
  if (there) return there;
  const made = { files: 0, extensions: new Map<string, number>(), folders: false };
  folders.set(folder, made);
  if (folder !== '') {
    const slash = folder.lastIndexOf('/');
    folderIn(folders, slash < 0 ? '' : folder.slice(0, slash)).folders = true;
  }
  return made;
}
