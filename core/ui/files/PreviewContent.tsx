import { useEffect, useState } from 'react';
import { fileType } from '../../src/api/fileType.ts';
import { formatCount } from '../../src/api/text/units.ts';
import { parseCsv } from '../artifact/artifactTree.ts';
import { indentJson } from './indentJson.ts';
import { Markdown } from './Markdown.tsx';
import { looksBinary, type PreviewKind, textOf } from './previewKind.ts';

const rowsMost = 200;

/** What was read of a file, as its kind is looked at. */
export function PreviewContent(props: PreviewContentProps) {
  const { bytes, kind, path, size, read, whole } = props;
  if (size === 0) return <p className="fb-dim fb-hint">The file is empty.</p>;
  if (!read) {
    return (
      <p className="fb-dim fb-hint">
        {kind === 'image'
          ? 'The picture is too large to be shown here. Open it from a mounted version.'
          : `Only its own program can show ${fileType(path) === '' ? 'this file' : `a ${fileType(path).toUpperCase()} file`}. Copy the code that reads it from a mounted version.`}
      </p>
    );
  }
  if (kind === 'image') return <Picture bytes={bytes} path={path} />;
  if (looksBinary(bytes)) {
    return (
      <p className="fb-dim fb-hint">
        The file is no text. Copy the code that reads it from a mounted version.
      </p>
    );
  }
  const text = textOf(bytes, whole);
  if (kind === 'table') return <Table text={text} tabs={fileType(path) === 'tsv'} whole={whole} />;
  if (kind === 'markdown') return <Markdown {...props} text={text} />;
  return <pre className="fb-preview-text">{kind === 'json' && whole ? indentJson(text) : text}</pre>;
}

/** Only as a picture: an SVG's scripts don't run in one. */
function Picture({ bytes, path }: { bytes: Uint8Array; path: string }) {
  const [address, setAddress] = useState('');
  const [pixels, setPixels] = useState('');
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const type = fileType(path) === 'svg' ? 'image/svg+xml' : '';
    const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
    setAddress(made);
    setFailed(false);
    return () => URL.revokeObjectURL(made);
  }, [bytes, path]);
  if (address === '') return null;
  if (failed)
    return <p className="fb-dim fb-hint">The picture can't be drawn: it is damaged, or no picture.</p>;
  return (
    <figure className="fb-preview-picture">
      <img
        src={address}
        alt={path}
        onError={() => setFailed(true)}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setPixels(`${naturalWidth} × ${naturalHeight} pixels`)
        }
      />
      <figcaption className="fb-dim fb-number">{pixels}</figcaption>
    </figure>
  );
}

function Table({ text, tabs, whole }: { text: string; tabs: boolean; whole: boolean }) {
  const [head = [], ...rows] = parseCsv(text, tabs ? '\t' : ',', rowsMost + 1);
  const more = !whole || rows.length === rowsMost;
  return (
    <>
      <p className="fb-dim fb-preview-note">
        {more ? 'The first ' : ''}
        {formatCount(rows.length, 'row')}, {formatCount(head.length, 'column')}.
      </p>
      <table className="fb-table">
        <thead>
          <tr>
            {head.map((cell, at) => (
              <th key={at} scope="col" title={cell}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column} title={cell} className={isNumber(cell) ? 'fb-cell-number' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const isNumber = (cell: string) => cell !== '' && Number.isFinite(Number(cell));

interface PreviewContentProps {
  dataset: string;
  version: number;
  path: string;
  size: number;
  kind: PreviewKind;
  bytes: Uint8Array;
  whole: boolean;
  /** Whether it was read at all. */
  read: boolean;
}
