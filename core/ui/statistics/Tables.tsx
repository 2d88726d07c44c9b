import type { Sample } from '../../src/api/schemas.ts';
import { formatBytes } from '../../src/api/text/units.ts';

/** The largest CSV and TSV files, by what their first rows say. */
export function Tables({ tables }: { tables: Sample['tables'] }) {
  return (
    <section className="fb-card" aria-label="Tables">
      <h3>Tables</h3>
      <div className="fb-scroll-across">
        <table className="fb-table">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col" className="fb-cell-number">
                Rows
              </th>
              <th scope="col" className="fb-cell-number">
                Size
              </th>
              <th scope="col">Columns</th>
            </tr>
          </thead>
          <tbody>
            {tables.map(({ path, size, rows, exact, columns }) => (
              <tr key={path}>
                <td title={path}>{path}</td>
                <td
                  className="fb-cell-number"
                  title={exact ? undefined : 'Reckoned from the size of the first rows'}
                >
                  {rows === null ? '' : `${exact ? '' : 'about '}${rounded(rows, exact)}`}
                </td>
                <td className="fb-cell-number">{formatBytes(size)}</td>
                <td title={columns.join(', ')}>{columns.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What is reckoned has no more than two figures that count. */
function rounded(rows: number, exact: boolean): string {
  const by = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, rows))) - 1);
  return (exact ? rows : Math.round(rows / by) * by).toLocaleString('en-US');
}
