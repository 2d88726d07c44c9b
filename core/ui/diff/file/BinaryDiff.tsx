import type { DiffFile, FileEntry } from '../../../src/api/schemas.ts';
import { formatBytes } from '../../../src/api/text/units.ts';
import { never, useLive } from '../../live/useLive.ts';
import { FailureFace, Skeleton } from '../../parts/Faces.tsx';
import type { DiffView } from '../diffView.ts';
import { type Found, firstDifference, hexLines } from './firstDifference.ts';
import { sameBytes } from './sameBytes.ts';
import { binaryLimit } from './viewers.ts';

/** Bytes that are shown before and after the first that differs. */
const around = { before: 64, after: 192 } as const;

/** Sizes and hashes of both sides, and the bytes around the first that differs. */
export function BinaryDiff({ view, file }: { view: DiffView; file: DiffFile }) {
  const { dataset, from, to } = view;
  const { before, after } = file;
  const { value, failure, reload } = useLive(
    async ({ versions }, signal) => {
      const read = (side: 'before' | 'after', start: number, end: number) => {
        const entry = file[side];
        if (entry?.kind !== 'file' || start >= Math.min(end, entry.size))
          return Promise.resolve(new Uint8Array());
        const range = { start, end: Math.min(end, entry.size) };
        return versions.content(dataset, `v${side === 'before' ? from : to}`, entry.path, { range, signal });
      };
      const same = sameBytes({ before, after });
      const sizes = { before: before?.size ?? 0, after: after?.size ?? 0 };
      const both = before?.kind === 'file' && after?.kind === 'file' && !same;
      const found: Found | null = both ? await firstDifference(read, sizes, binaryLimit / 2) : null;
      const start = Math.max(0, Math.floor(((found?.same ?? 0) - around.before) / 16) * 16);
      const end = start + around.before + around.after;
      const bytes = await Promise.all([read('before', start, end), read('after', start, end)]);
      return { found, start, bytes };
    },
    never,
    [dataset, from, to, before?.path, after?.path],
  );
  return (
    <>
      <table className="fb-table fb-sides">
        <thead>
          <tr>
            <th scope="col">
              <span className="fb-only-read">What</span>
            </th>
            <th scope="col">v{from}</th>
            <th scope="col">v{to}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Size</th>
            <td title={before ? `${before.size} bytes` : undefined}>{sizeOf(before)}</td>
            <td title={after ? `${after.size} bytes` : undefined}>{sizeOf(after)}</td>
          </tr>
          <tr>
            <th scope="row">SHA-256</th>
            <td>{hashOf(before)}</td>
            <td>{hashOf(after)}</td>
          </tr>
        </tbody>
      </table>
      {failure && <FailureFace failure={failure} onRetry={reload} known={false} />}
      {!value && !failure && <Skeleton label="Looking for the first byte that differs" />}
      {value?.found && <p>{sentenceOf(value.found, { before, after })}</p>}
      {value && (
        <div className="fb-hex-sides">
          {([before, after] as const).map((entry, nth) =>
            entry?.kind === 'file' && !(nth === 0 && value.found === null && after) ? (
              <Hex
                key={nth === 0 ? 'before' : 'after'}
                title={`v${nth === 0 ? from : to}`}
                lines={hexLines(
                  value.bytes[nth] as Uint8Array,
                  (value.found ? value.bytes[1 - nth] : value.bytes[nth]) as Uint8Array,
                  value.start,
                )}
              />
            ) : null,
          )}
        </div>
      )}
    </>
  );
}

const sizeOf = (entry: FileEntry | null) => (entry ? formatBytes(entry.size) : 'not there');

function hashOf(entry: FileEntry | null) {
  if (!entry?.sha256) return entry ? 'not known yet' : '';
  return <code title={entry.sha256}>{entry.sha256.slice(0, 16)}…</code>;
}

function sentenceOf({ same, differs }: Found, { before, after }: Pick<DiffFile, 'before' | 'after'>): string {
  const count = same.toLocaleString('en-US');
  if (!differs) {
    return before?.size === after?.size && same === before?.size
      ? 'Every byte is the same.'
      : `The first ${formatBytes(same)} are the same; further bytes aren't compared here.`;
  }
  const shorter = Math.min(before?.size ?? 0, after?.size ?? 0);
  if (same === shorter) return `The first ${count} bytes are the same; then one of them ends.`;
  return `The first byte that differs is byte ${count} (0x${same.toString(16)}), counted from 0.`;
}

function Hex({ title, lines }: { title: string; lines: ReturnType<typeof hexLines> }) {
  return (
    <figure>
      <figcaption className="fb-dim">{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys */}
      <pre className="fb-code fb-hex" tabIndex={0}>
        {lines.map(({ offset, bytes }) => (
          <span key={offset}>
            <span className="fb-dim">{offset.toString(16).padStart(8, '0')} </span>
            {bytes.map(({ hex, marked }, at) => (marked ? <mark key={at}>{hex} </mark> : `${hex} `))}
            {' '.repeat((16 - bytes.length) * 3)} {bytes.map(({ letter }) => letter).join('')}
            {'\n'}
          </span>
        ))}
        {lines.length === 0 && 'nothing here'}
      </pre>
    </figure>
  );
}
