import { useMemo, useState } from 'react';
import type { DiffFile } from '../../../src/api/schemas.ts';
import { formatCount } from '../../../src/api/text/units.ts';
import { FailureFace, Skeleton } from '../../parts/Faces.tsx';
import { type DiffView, signs } from '../diffView.ts';
import { diffTables, keyColumns, readTable, rowsMost, type TableDiff } from './tableDiff.ts';
import { useSides } from './useSides.ts';

/** Rows that are drawn. */
const shownMost = 500;

/** Rows and columns that came, went or have other values. */
export function TableDiffView({ view, file }: { view: DiffView; file: DiffFile }) {
  const { value, failure, reload } = useSides(view, file);
  const [key, setKey] = useState<string | null>(null);
  const tables = useMemo(() => {
    if (!value) return undefined;
    const tabs = (file.after ?? file.before)?.path.endsWith('.tsv') ? '\t' : '';
    const decode = (bytes: Uint8Array) => readTable(new TextDecoder().decode(bytes), tabs);
    const [before, after] = [decode(value.before), decode(value.after)];
    return { before, after, keys: keyColumns(before, after) };
  }, [value, file]);
  const chosen = key ?? tables?.keys[0] ?? '';
  const diff = useMemo(() => tables && diffTables(tables.before, tables.after, chosen), [tables, chosen]);
  if (failure) return <FailureFace failure={failure} onRetry={reload} known={false} />;
  if (!tables || !diff) return <Skeleton label="Reading the table" />;
  const { counts } = diff;
  const cut = [tables.before, tables.after].some(({ rows }) => rows.length >= rowsMost);
  return (
    <>
      <div className="fb-toolbar">
        <span className="fb-number">
          <span className="fb-added">+{formatCount(counts.added, 'row')}</span>{' '}
          <span className="fb-changed">~{formatCount(counts.changed, 'row')}</span>{' '}
          <span className="fb-removed">−{formatCount(counts.removed, 'row')}</span>{' '}
          <span className="fb-dim">{formatCount(counts.same, 'row')} the same</span>
        </span>
        {file.before && file.after && (
          <label>
            <span className="fb-dim">Rows are told apart by</span>
            <select className="fb-select" value={chosen} onChange={({ target }) => setKey(target.value)}>
              {tables.keys.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
              <option value="">their place</option>
            </select>
          </label>
        )}
      </div>
      <ColumnNotes columns={diff.columns} />
      {cut && <p className="fb-dim">The first {formatCount(rowsMost, 'row')} of each side are compared.</p>}
      {diff.rows.length > 0 && <Rows diff={diff} keyed={chosen !== ''} />}
      {diff.rows.length > shownMost && (
        <p className="fb-dim">{formatCount(diff.rows.length - shownMost, 'more row')} differ.</p>
      )}
    </>
  );
}

function ColumnNotes({ columns }: { columns: TableDiff['columns'] }) {
  const named = (kind: string) => columns.filter((each) => each.kind === kind).map(({ name }) => name);
  const [added, removed] = [named('added'), named('removed')];
  if (added.length + removed.length === 0) return null;
  return (
    <p>
      {added.length > 0 && (
        <span className="fb-added">
          + {formatCount(added.length, 'column')}: {added.join(', ')}
        </span>
      )}{' '}
      {removed.length > 0 && (
        <span className="fb-removed">
          − {formatCount(removed.length, 'column')}: {removed.join(', ')}
        </span>
      )}
    </p>
  );
}

function Rows({ diff, keyed }: { diff: TableDiff; keyed: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys
    <section className="fb-scroll fb-table-diff" tabIndex={0} aria-label="Rows that differ">
      <table className="fb-table">
        <thead>
          <tr>
            <th scope="col">{keyed ? <span className="fb-only-read">Change</span> : 'Row'}</th>
            {diff.columns.map(({ name, kind }) => (
              <th key={name} scope="col" className={kind === 'same' ? undefined : `fb-${kind}`}>
                {kind !== 'same' && `${signs[kind]} `}
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {diff.rows.slice(0, shownMost).map(({ kind, key, cells }) => (
            <tr key={`${kind} ${key}`} className={`fb-row-${kind}`}>
              <th scope="row" title={kind}>
                <span className={`fb-${kind}`}>{signs[kind]}</span> {!keyed && key}
                <span className="fb-only-read">{kind}</span>
              </th>
              {cells.map(({ before, after }, at) => {
                const name = diff.columns[at]?.name ?? String(at);
                const differs =
                  kind === 'changed' && before !== undefined && after !== undefined && before !== after;
                return (
                  <td key={name} className={differs ? 'fb-cell-differs' : undefined}>
                    {differs && (
                      <>
                        <del>{before || '(empty)'}</del>{' '}
                      </>
                    )}
                    {differs ? <ins>{after || '(empty)'}</ins> : (after ?? before)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
