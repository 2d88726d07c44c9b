import { useMemo } from 'react';
import type { FileEntry } from '../../src/api/schemas.ts';
import { formatBytes } from '../../src/api/text/units.ts';
import { useHost } from '../host.ts';
import { never, useLive } from '../live/useLive.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';
import { GlyphButton } from '../parts/GlyphButton.tsx';
import { MiddleName } from '../parts/MiddleName.tsx';
import { fileCode } from './fileCode.ts';
import { PreviewContent } from './PreviewContent.tsx';
import { bytesToRead, previewKind } from './previewKind.ts';

/** One file beside the list: as much of it as is quick to read, and how much that is. */
export function Preview({ dataset, version, entry, onClose }: PreviewProps) {
  const host = useHost();
  const { path, size } = entry;
  const kind = previewKind(path);
  const wanted = bytesToRead(kind, size);
  const { value, failure, reload } = useLive(
    async ({ versions }, signal) => {
      if (wanted === 0) return new Uint8Array();
      const range = wanted < size ? { range: { start: 0, end: wanted } } : {};
      return versions.content(dataset, `v${version}`, path, { ...range, signal });
    },
    never,
    [dataset, version, path, wanted],
  );
  const name = useMemo(() => path.split('/').at(-1) ?? path, [path]);
  return (
    <section className="fb-preview" aria-label={`Preview of ${name}`}>
      <div className="fb-preview-head">
        <strong className="fb-preview-name" title={path}>
          <MiddleName name={name} />
        </strong>
        <span className="fb-dim fb-number">{formatBytes(size)}</span>
        <GlyphButton icon="close" label="Close preview" onClick={onClose} />
      </div>
      <div className="fb-preview-acts">
        {host.openFile && (
          <button
            type="button"
            className="fb-button"
            onClick={() => host.openFile?.({ dataset, version }, path)}
          >
            Open
          </button>
        )}
        <button type="button" className="fb-button" onClick={() => host.copy(path)}>
          Copy path
        </button>
        <button
          type="button"
          className="fb-button"
          onClick={() => host.copy(fileCode(dataset, version, path))}
        >
          Copy code
        </button>
      </div>
      {wanted > 0 && wanted < size && (
        <p className="fb-preview-note fb-dim">
          The first {formatBytes(wanted)} of {formatBytes(size)}, read by range.
        </p>
      )}
      {failure && <FailureFace failure={failure} onRetry={reload} known={value !== undefined} />}
      {!value && !failure && <Skeleton label="Reading the file" />}
      {value && (
        // Scrolled by keys too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <section className="fb-preview-body" aria-label="Preview" tabIndex={0}>
          <PreviewContent
            {...{ dataset, version, path, size, kind }}
            bytes={value}
            whole={wanted >= size}
            read={wanted > 0 || size === 0}
          />
        </section>
      )}
    </section>
  );
}

interface PreviewProps {
  dataset: string;
  version: number;
  entry: FileEntry;
  onClose: () => void;
}
