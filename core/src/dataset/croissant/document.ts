import { formatBytes, formatCount } from '../../api/text/units.ts';
import { addressOf } from './address.ts';
import { classFolders } from './classes.ts';
import { type Described, distributionOf } from './distribution.ts';
import { recordSetsOf, type Table } from './recordSets.ts';
import type { Survey } from './survey.ts';

/** What is known of a version beside its files. */
export interface About extends Described {
  description: string;
  message: string;
  /** RFC 3339 */
  time: string;
  files: number;
  tags: readonly string[];
  /** Of this version and those before it, each once. */
  authors: readonly string[];
  /** Of the licence among its files. */
  licence: string | undefined;
}

/**
 * A version in Croissant 1.0, JSON-LD that other tools and catalogues read
 * (https://docs.mlcommons.org/croissant/docs/croissant-spec.html).
 */
export function croissantDocument(about: About, survey: Survey, tables: readonly Table[]): object {
  const { name, version, digest, time, tags, authors, licence } = about;
  const classes = classFolders(survey);
  const recordSet = recordSetsOf(classes, tables);
  return {
    '@context': context,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name,
    description: describe(about),
    url: addressOf(name, version),
    identifier: digest,
    version: `${version}.0.0`,
    datePublished: time,
    isLiveDataset: false,
    creator: authors.map((author) => ({ '@type': 'sc:Person', name: author })),
    ...(licence === undefined ? {} : { license: addressOf(name, version, licence) }),
    ...(tags.length > 0 && { keywords: tags }),
    distribution: distributionOf(about, survey, classes),
    ...(recordSet.length > 0 && { recordSet }),
  };
}

function describe({ description, message, name, version, files, bytes }: About): string {
  const size = `Version ${version} of ${name}: ${formatCount(files, 'file')}, ${formatBytes(bytes)}.`;
  return [description, message, size].filter((text) => text !== '').join('\n\n');
}

/** The specification's own, whole, since readers compare it (Croissant 1.0, "Croissant's context"). */
const context = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileProperty: 'cr:fileProperty',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
} as const;
