import type { SyncPreview } from '@forebay/core/api/schemas';
import { formatBytes, formatCount } from '@forebay/core/api/text/units';
import { MiddleName } from '@forebay/core/ui';
import { kinds } from './changeText.ts';

/** Paths that are listed. */
const most = 500;
const signs = { added: '+', changed: '~', removed: '−' } as const;

/** The paths that a sync adds, changes and removes. */
export function ChangeItems({ preview }: { preview: SyncPreview }) {
  const all = kinds.reduce((sum, kind) => sum + preview[kind].files, 0);
  const shown = preview.changes.slice(0, most);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys */}
      <ul className="fb-sync-changes" aria-label="What changed" tabIndex={0}>
        {shown.map(({ path, is, before, after }) => (
          <li key={path} title={path}>
            <span className={`fb-sign fb-${is}`} aria-hidden="true">
              {signs[is]}
            </span>
            <span className="fb-only-read">{is}</span>
            <MiddleName name={path} />
            <span className="fb-dim fb-number">{formatBytes(is === 'removed' ? before : after)}</span>
          </li>
        ))}
      </ul>
      {all > shown.length && <p className="fb-dim">{formatCount(all - shown.length, 'more path')}</p>}
    </>
  );
}
