import { setImmediate } from 'node:timers/promises';
import type { Lake } from '../../lake/lake.ts';
import type { DatasetRecord } from '../catalog.ts';
import { readContent } from '../content.ts';
import type { FileEntry } from '../entry.ts';
import type { History, VersionRecord } from '../history.ts';
import { readLeaves } from '../manifest/read.ts';
import { croissantDocument } from './document.ts';
import { extensionOf } from './media.ts';
import type { Table } from './recordSets.ts';
import { mostFiles, newSurvey, type Survey, surveyEntries } from './survey.ts';
import { columnsOf } from './table.ts';

/** Of a table's beginning, from which its columns are told; bytes. */
const beginning = 2 ** 20;
const mostTables = 20;

/** A version as Croissant's JSON-LD; reads its manifest, and the beginnings of its tables. */
export async function describeVersion(
  lake: Lake,
  dataset: DatasetRecord,
  history: History,
  version: VersionRecord,
): Promise<object> {
  const survey = newSurvey();
  for await (const entries of readLeaves(lake, dataset.id, version.root)) {
    surveyEntries(survey, entries);
    // Many pages may have come by one request, in a thread that answers others.
    await setImmediate();
  }
  const { name, description } = dataset;
  const authors = history.versions
    .filter((each) => each.version <= version.version)
    .map(({ author }) => author);
  const about = { ...version, name, description, authors: [...new Set(authors)], licence: licenceIn(survey) };
  return croissantDocument(about, survey, await tablesIn(lake, dataset.id, survey));
}

function licenceIn({ notable }: Survey): string | undefined {
  return notable.find(({ path }) => /^(licen[cs]e|copying)(\.(txt|md))?$/i.test(path))?.path;
}

async function tablesIn(lake: Lake, datasetId: string, survey: Survey): Promise<Table[]> {
  const described = survey.files <= mostFiles ? survey.some : survey.notable;
  const tables: Table[] = [];
  for (const file of described.filter(isTable).slice(0, mostTables)) {
    const columns = columnsOf(...(await beginningOf(lake, datasetId, file)));
    if (columns.length > 0) tables.push({ path: file.path, columns });
  }
  return tables;
}

/** What was imported and never read has no hash, by which a reader of the description could check it. */
const isTable = ({ path, size, sha256 }: FileEntry) =>
  size > 0 && sha256 !== null && /^[ct]sv$/i.test(extensionOf(path));

async function beginningOf(
  lake: Lake,
  datasetId: string,
  file: FileEntry,
): Promise<Parameters<typeof columnsOf>> {
  const range = { offset: 0, length: Math.min(beginning, file.size) };
  const whole = range.length === file.size;
  const separator = /^tsv$/i.test(extensionOf(file.path)) ? '\t' : ',';
  return [utf8Of(await readContent(lake, datasetId, file, range), whole), separator, whole];
}

/** '' where it isn't text in UTF-8; a character that is cut off at the end is left out. */
function utf8Of(bytes: Uint8Array, whole: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
  } catch {
    return '';
  }
}
