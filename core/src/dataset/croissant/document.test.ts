import { expect, test } from 'vitest';
import type { Entry } from '../entry.ts';
import { classFolders } from './classes.ts';
import { type About, croissantDocument } from './document.ts';
import { newSurvey, surveyEntries } from './survey.ts';

const file = (path: string): Entry => ({
  ...{ kind: 'file', path, size: 3, executable: false, mtime: 0, parts: [] },
  sha256: path.startsWith('imported') ? null : 'a'.repeat(64),
});
const surveyOf = (paths: readonly string[]) => {
  const survey = newSurvey();
  surveyEntries(survey, paths.map(file));
  return survey;
};
const about: About = {
  ...{
    name: 'pets',
    version: 3,
    digest: `sha256:${'d'.repeat(64)}`,
    bytes: 10,
    description: 'Pets.',
    message: '',
  },
  ...{ time: '2026-01-01T00:00:00.000Z', files: 2, tags: ['gold'], authors: ['ada'], licence: undefined },
};
interface Document {
  distribution: Record<string, unknown>[];
  recordSet?: Record<string, unknown>[];
}
const documentOf = (paths: readonly string[]) =>
  croissantDocument(about, surveyOf(paths), []) as unknown as Document;
const ids = ({ distribution }: Document) => distribution.map((each) => each['@id']);

test('a version is named by its digest, and never changes', () => {
  expect(documentOf(['a.txt'])).toMatchObject({
    ...{ name: 'pets', version: '3.0.0', identifier: about.digest, isLiveDataset: false, keywords: ['gold'] },
    ...{ url: 'forebay://pets@v3', creator: [{ name: 'ada' }] },
    description: 'Pets.\n\nVersion 3 of pets: 2 files, 10 B.',
  });
});

test('a file is named by its path, with what it is checked by', () => {
  expect(documentOf(['a b/ü#?.csv']).distribution).toEqual([
    {
      '@type': 'cr:FileObject',
      '@id': 'files/a%20b/%C3%BC%23%3F.csv',
      name: 'a b/ü#?.csv',
      contentUrl: 'forebay://pets@v3/a%20b/%C3%BC%23%3F.csv',
      contentSize: '3 B',
      encodingFormat: 'text/csv',
      sha256: 'a'.repeat(64),
    },
  ]);
});

test('an imported file that has no hash yet is part of the version that has one', () => {
  const { distribution } = documentOf(['imported.bin']);
  expect(distribution).toMatchObject([
    { '@id': 'version', sha256: 'd'.repeat(64) },
    { name: 'imported.bin', contentUrl: 'imported.bin', containedIn: { '@id': 'version' } },
  ]);
});

test('a large version is described by sets, with the files that stand out', () => {
  const many = Array.from({ length: 300 }, (_, i) => `audio/deep/${i}.wav`);
  const document = documentOf([...many, 'audio/[x]*.mp3', 'audio/labels.csv', 'README.md', 'audio/raw']);
  expect(ids(document)).toEqual([
    'version',
    'files/audio/labels.csv',
    'files/README.md',
    ...['sets/audio/wav', 'sets/audio/mp3', 'sets/audio/csv', 'sets/audio/any'],
  ]);
  expect(document.distribution.find((each) => each['@id'] === 'sets/audio/wav')).toMatchObject({
    includes: ['audio/*.wav', 'audio/**/*.wav'],
    encodingFormat: 'audio/wav',
    containedIn: { '@id': 'version' },
  });
});

test('600,000 files in as many folders make no description that nobody reads', () => {
  const many = Array.from({ length: 30_000 }, (_, i) => `${i}/x.png`);
  const document = documentOf(many);
  expect(ids(document)).toEqual(['version', 'sets/all/png']);
  expect(document.recordSet).toBeUndefined();
});

test.each([
  [
    ['train/cat/1.png', 'train/dog/1.jpg', 'train/dog/2.JPG'],
    [{ folder: 'train', classes: ['cat', 'dog'], extensions: ['JPG', 'jpg', 'png'] }],
  ],
  [['cat/1.png', 'dog/1.png'], [{ folder: '', classes: ['cat', 'dog'], extensions: ['png'] }]],
  [['cat/1.png'], []],
  [['cat/1.png', 'dog/notes.txt'], []],
  [['cat/1.png', 'dog/deep/1.png', 'dog/1.png'], []],
  [['cat/1.png', 'dog/1.png', 'cover.png'], []],
])('%j holds the classes %j', (paths, classes) => {
  expect(classFolders(surveyOf(paths))).toEqual(classes);
});

test('names that mean something in a glob or a pattern stand for themselves', () => {
  const { distribution, recordSet = [] } = documentOf(['a[1]*?/x.y/1.png', 'a[1]*?/(z)/1.png']);
  expect(distribution.at(-1)).toMatchObject({ includes: ['a[[]1][*][?]/*/*.png'] });
  const [, label] = (recordSet[1]?.field ?? []) as { source: { transform: { regex: string } } }[];
  const found = new RegExp(label?.source.transform.regex ?? '').exec('a[1]*?/(z)/1.png');
  expect(found?.[1]).toBe('(z)');
});
