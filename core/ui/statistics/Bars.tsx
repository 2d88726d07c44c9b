import { formatBytes } from '../../src/api/text/units.ts';
import type { BarRow } from './barRows.ts';

/** Rows of name, bar and numbers; of several parts each bar has as many, in the order of `parts`. */
export function Bars({ label, rows, parts = [], onOpen }: BarsProps) {
  const most = Math.max(1, ...rows.map(({ files }) => files));
  return (
    <>
      {parts.length > 1 && (
        <ul className="fb-bars-parts" aria-label="Parts">
          {parts.map((part, at) => (
            <li key={part}>
              <span className={`fb-bar-part fb-bar-${at % 4}`} aria-hidden="true" /> {part || 'top'}
            </li>
          ))}
        </ul>
      )}
      <table className="fb-bars" aria-label={label}>
        <tbody>
          {rows.map(({ name, files, bytes, perFolder = [files], path }) => (
            <tr key={name} title={perFolder.length > 1 ? partsText(parts, perFolder) : undefined}>
              <th scope="row" title={name}>
                {path !== undefined && onOpen ? (
                  <button type="button" className="fb-text-button" onClick={() => onOpen(path)}>
                    {name}
                  </button>
                ) : (
                  name
                )}
              </th>
              <td className="fb-bar" aria-hidden="true">
                <span className="fb-bar-track">
                  {perFolder.map((count, at) => (
                    <span
                      key={at}
                      className={`fb-bar-part fb-bar-${at % 4}`}
                      style={{ width: `${(count / most) * 100}%` }}
                    />
                  ))}
                </span>
              </td>
              <td className="fb-number">{files.toLocaleString('en-US')}</td>
              <td className="fb-number fb-dim">{formatBytes(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const partsText = (parts: readonly string[], counts: readonly number[]) =>
  counts.map((count, at) => `${parts[at] || 'top'}: ${count.toLocaleString('en-US')}`).join('\n');

interface BarsProps {
  label: string;
  rows: readonly BarRow[];
  parts?: readonly string[];
  onOpen?: (path: string) => void;
}
