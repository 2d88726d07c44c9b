/** Made `vectors.json` once: `node test/golden/makeVectors.ts > test/golden/vectors.json`. */
import { hash } from 'node:crypto';
import { canonicalEntry, type Entry } from '../../core/src/dataset/entry.ts';
import { canonicalJson } from '../../core/src/dataset/log/checkpoint.ts';
import { boundaryBits, endsPage } from '../../core/src/dataset/manifest/boundary.ts';
import { hashPage } from '../../core/src/dataset/manifest/page.ts';
import { headerLength, writeHeader } from '../../core/src/dataset/pack/tar.ts';

const sha256 = hash('sha256', 'hello');
const file = { kind: 'file' as const, size: 5, executable: true, mtime: 1, sha256, parts: [] };
const origin = { url: 'https://data.example/a b', etag: '"e"', versionId: null };
const entries: Entry[] = [
  { ...file, path: 'a' },
  { ...file, path: 'tab\tnew\nline"quote\\\u0001\u007f\u2028', size: 0, executable: false },
  { ...file, path: 'é and e\u0301 and \uffee and 😀' },
  { ...file, path: 'imported', origin },
  { ...file, path: 'imported', origin: { ...origin, versionId: 'v7' }, sha256: null },
  { kind: 'folder', path: 'empty' },
  { kind: 'link', path: 'link', target: '../a' },
];
const paths = ['', 'a', 'é', '😀'];
for (let i = 0; paths.length < 12; i++) if (boundaryBits(`train/${i}.png`) >= 6) paths.push(`train/${i}.png`);
for (let i = 0; paths.length < 14; i++)
  if (boundaryBits(`train/${i}.png`) >= 14) paths.push(`train/${i}.png`);
const rule = [
  [0, 5, 511],
  [0, 6, 1],
  [0, 5, 512],
  [1, 13, 1023],
  [1, 14, 1],
  [1, 0, 1024],
  [2, 21, 2],
  [2, 22, 2],
  [8, 64, 2],
] as const;
const members = ['plain.txt', 'é.txt', `${'d'.repeat(90)}/${'n'.repeat(90)}`, `${'n'.repeat(101)}`];
const child = {
  hash: hashPage({ level: 0, entries }),
  last: 'link',
  object: 'o',
  offset: 1,
  length: 2,
  entries: 7,
  files: 5,
  bytes: 9,
};

console.log(
  JSON.stringify(
    {
      logicalEntries: entries.map((entry) => ({ entry, canonical: canonicalEntry(entry) })),
      order: [
        '',
        '!',
        'a',
        'a b',
        'a-b',
        'a/b',
        'a0',
        'e\u0301',
        '\u007f',
        'é',
        '\ud7ff',
        '\ue000',
        '\uffee',
        '😀',
      ],
      boundaryBits: paths.map((path) => ({ path, bits: boundaryBits(path) })),
      pageEnds: rule.map(([level, bits, count]) => ({
        level,
        bits,
        count,
        ends: endsPage(level, bits, count),
      })),
      leafHash: hashPage({ level: 0, entries }),
      emptyHash: hashPage({ level: 0, entries: [] }),
      indexHash: hashPage({ level: 1, children: [child, { ...child, last: 'zz' }] }),
      canonicalJson: [{ b: 1, a: [true, null, { é: '\u2028', 'z\n': -5 }] }].map((value) => ({
        value,
        text: canonicalJson(value),
      })),
      tarHeaders: members.map((path) => {
        const target = Buffer.alloc(headerLength(path, 700));
        writeHeader(target, 0, {
          path,
          size: 700,
          executable: path === 'plain.txt',
          mtime: 1_767_323_045_678,
        });
        return { path, length: target.length, sha256: hash('sha256', target) };
      }),
    },
    null,
    1,
  ),
);
