import { encoded } from './address.ts';
import type { ClassFolder } from './classes.ts';
import { classSetId, fileId } from './distribution.ts';
import type { TableColumn } from './table.ts';

export interface Table {
  path: string;
  columns: readonly TableColumn[];
}

/** Classes that are listed by name. */
const mostListed = 1000;

/** Records that follow from the files: a picture and its class, the columns of a table. */
export function recordSetsOf(classes: readonly ClassFolder[], tables: readonly Table[]): object[] {
  return [...classes.flatMap(pictureRecords), ...tables.map(tableRecords)];
}

function pictureRecords(classFolder: ClassFolder): object[] {
  const { folder, classes } = classFolder;
  const place = encoded(folder === '' ? 'all' : folder);
  const [id, labels] = [`records/${place}/pictures`, `records/${place}/labels`];
  const listed = classes.length <= mostListed;
  const fileSet = { '@id': classSetId(folder) };
  const pictures = {
    '@type': 'cr:RecordSet',
    '@id': id,
    name: folder === '' ? 'pictures' : `pictures of ${folder}`,
    field: [
      {
        ...fieldOf(`${id}/picture`, 'picture', 'sc:ImageObject'),
        source: { fileSet, extract: { fileProperty: 'content' } },
      },
      {
        ...fieldOf(`${id}/label`, 'label', 'sc:Text'),
        description: 'The name of the folder that the picture lies in.',
        source: {
          fileSet,
          extract: { fileProperty: 'fullpath' },
          transform: { regex: labelPattern(folder) },
        },
      },
    ],
  };
  return listed ? [labelRecords(labels, folder, classes), pictures] : [pictures];
}

function labelRecords(id: string, folder: string, classes: readonly string[]): object {
  return {
    '@type': 'cr:RecordSet',
    '@id': id,
    name: folder === '' ? 'labels' : `labels of ${folder}`,
    dataType: 'sc:Enumeration',
    key: { '@id': `${id}/name` },
    field: [fieldOf(`${id}/name`, 'name', 'sc:Text')],
    data: classes.map((name) => ({ [`${id}/name`]: name })),
  };
}

function labelPattern(folder: string): string {
  const below = folder === '' ? '' : `${folder.replace(/[\\^$.*+?()[\]{}|\-#&~]/g, '\\$&')}/`;
  return `^${below}([^/]+)/[^/]+$`;
}

function tableRecords({ path, columns }: Table): object {
  const id = `records/${encoded(path)}`;
  return {
    '@type': 'cr:RecordSet',
    '@id': id,
    name: path,
    field: columns.map(({ name, type }) => ({
      ...fieldOf(`${id}/${encodeURIComponent(name)}`, name, type),
      source: { fileObject: { '@id': fileId(path) }, extract: { column: name } },
    })),
  };
}

const fieldOf = (id: string, name: string, dataType: string) => ({
  ...{ '@type': 'cr:Field', '@id': id, name, dataType },
});
