import type { CSSProperties } from 'react';
import type { DiffChange, DiffCounts, DiffFolder } from '../../../src/api/schemas.ts';
import { formatBytes, formatCount } from '../../../src/api/text/units.ts';
import { Icon } from '../../parts/Icon.tsx';
import { MiddleName } from '../../parts/MiddleName.tsx';
import { diffKinds, signs } from '../diffView.ts';
import type { TreeLine } from './Branch.ts';

/** One line of the tree: a folder with what differs below it, or a path that differs. */
export function ChangeLine({ id, line, whole, active, chosen, style, onClick }: ChangeLineProps) {
  const { entry, depth, open, at, branch } = line;
  const state = `${active ? ' fb-change-active' : ''}${chosen ? ' fb-change-chosen' : ''}`;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and names the active line.
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the tree's.
    <div
      id={id}
      role="treeitem"
      aria-level={depth + 1}
      aria-posinset={at + 1}
      aria-setsize={branch.total ?? -1}
      aria-expanded={entry?.kind === 'folder' ? open : undefined}
      aria-selected={chosen}
      title={entry && titleOf(entry)}
      className={`fb-change-line${state}`}
      style={{ ...style, paddingLeft: 8 + depth * 16 }}
      onClick={onClick}
    >
      <span className="fb-only-read">{entry ? labelOf(entry) : 'Reading'}</span>
      {!entry && <span className="fb-change-coming" />}
      {entry?.kind === 'folder' && (
        <>
          <Icon name={open ? 'down' : 'right'} />
          <span className="fb-change-name" aria-hidden="true">
            <MiddleName name={nameOf(entry.path)} />
          </span>
          <Counts counts={entry.counts} />
        </>
      )}
      {entry?.kind === 'change' && (
        <>
          <span className={`fb-sign fb-${entry.is}`} aria-hidden="true">
            {signs[entry.is]}
          </span>
          <span className="fb-change-name" aria-hidden="true">
            <MiddleName name={whole ? entry.path : nameOf(entry.path)} />
          </span>
          <span className="fb-dim fb-number" aria-hidden="true">
            {sizesOf(entry)}
          </span>
        </>
      )}
    </div>
  );
}

function Counts({ counts }: { counts: DiffCounts }) {
  return (
    <span className="fb-change-counts fb-number" aria-hidden="true">
      {diffKinds
        .filter((kind) => counts[kind] > 0)
        .map((kind) => (
          <span key={kind} className={`fb-${kind}`}>
            {signs[kind]}
            {counts[kind].toLocaleString('en-US')}
          </span>
        ))}
    </span>
  );
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** '1.2 kB', or '1.2 → 1.4 kB' of what has another size now. */
export function sizesOf({ before, after }: Pick<DiffChange, 'before' | 'after'>): string {
  const [old, now] = [before, after].map((side) => side && formatBytes(side.size));
  return old && now && old !== now ? `${old} → ${now}` : (now ?? old ?? '');
}

const countsText = (counts: DiffCounts) =>
  diffKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind].toLocaleString('en-US')} ${kind}`)
    .join(', ');

function labelOf(entry: DiffFolder | DiffChange): string {
  if (entry.kind === 'folder') return `${nameOf(entry.path)}, folder, ${countsText(entry.counts)}`;
  const from = entry.from === null ? '' : ` from ${entry.from}`;
  return `${nameOf(entry.path)}, ${entry.is}${from}, ${sizesOf(entry)}`;
}

function titleOf(entry: DiffFolder | DiffChange): string {
  if (entry.kind === 'change') {
    return entry.from === null ? `${entry.path}\n${entry.is}` : `${entry.path}\nmoved from ${entry.from}`;
  }
  const { before, after } = entry.bytes;
  const all = diffKinds.reduce((sum, kind) => sum + entry.counts[kind], 0);
  return `${entry.path}\n${formatCount(all, 'path')}: ${countsText(entry.counts)}\n${formatBytes(before)} → ${formatBytes(after)}`;
}

interface ChangeLineProps {
  id: string;
  line: TreeLine;
  /** Paths are written whole. */
  whole: boolean;
  active: boolean;
  chosen: boolean;
  style: CSSProperties;
  onClick: () => void;
}
