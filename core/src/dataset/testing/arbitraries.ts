import fc from 'fast-check';
import { comparePaths, type Entry } from '../entry.ts';
import { isEntryPath } from '../manifest/path.ts';

/** Names as people have them: spaces, quotes, newlines, both normal forms, beyond U+FFFF, between surrogates and it. */
const nasty = [
  ' ',
  "it's",
  'a"b',
  'new\nline',
  '\t',
  'é',
  'e\u0301',
  '😀',
  '\uffee',
  '\ue000',
  '한',
  '-',
  '..a',
  '.',
  '~',
  '%2F',
  '\\',
  '*',
  '\u2028',
  '\x01',
  '\x7f',
];

const name = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', minLength: 1, maxLength: 4 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((pieces) => pieces.join('').replaceAll('/', '_').replaceAll('\0', '_'))
  .filter((text) => text !== '.' && text !== '..' && Buffer.byteLength(text) < 200);

export const arbitraryPath = fc
  .array(name, { minLength: 1, maxLength: 4 })
  .map((names) => names.join('/'))
  .filter(isEntryPath);

const hex = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const pack = fc.constantFrom('a'.repeat(26), 'b'.repeat(26), 'c'.repeat(26));
const size = fc.integer({ min: 1, max: 2 ** 40 });

const place = {
  pack,
  offset: fc.integer({ min: 0, max: 2 ** 26 }),
  length: size,
  codec: fc.constantFrom('raw' as const, 'zstd' as const),
  size,
};
const part = fc.oneof(fc.record(place), fc.record({ ...place, sha256: hex }));

const origin = fc.record({
  url: fc.webUrl(),
  etag: fc.string(),
  versionId: fc.option(fc.string(), { nil: null }),
});

const mtime = fc.integer({ min: -(10 ** 12), max: 10 ** 13 });

export function arbitraryEntry(path: fc.Arbitrary<string>): fc.Arbitrary<Entry> {
  const common = { path, size, executable: fc.boolean(), mtime, kind: fc.constant('file' as const) };
  return fc.oneof(
    fc.record({ kind: fc.constant('folder' as const), path }),
    fc.record({ kind: fc.constant('link' as const), path, target: fc.string({ minLength: 1 }) }),
    fc.record({ ...common, sha256: hex, parts: fc.array(part, { maxLength: 3 }) }),
    fc.record({ ...common, origin, sha256: fc.option(hex, { nil: null }) }).map((file) => ({
      ...file,
      parts: [{ external: { ...file.origin, size: file.size } }],
    })),
  );
}

/** A version's entries, in path order: paths differ, and nothing lies below one, which is a file, a link or an empty folder. */
export const arbitraryEntries = fc
  .uniqueArray(arbitraryEntry(arbitraryPath), { selector: (entry) => entry.path, maxLength: 60 })
  .map((entries) => {
    const isAbove = ({ path }: Entry) => entries.some((other) => other.path.startsWith(`${path}/`));
    return entries.filter((entry) => !isAbove(entry)).sort((a, b) => comparePaths(a.path, b.path));
  });
