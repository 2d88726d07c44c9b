import type { DiffSummary } from '../../../src/api/schemas.ts';
import { formatBytes, formatCount } from '../../../src/api/text/units.ts';
import type { DiffView } from '../diffView.ts';
import { Balance } from './Balance.tsx';
import { signedCount } from './balance.ts';
import { signedBytes } from './signedBytes.ts';

/** Where no file is looked at: how the whole changed. */
export function Overview({ view, summary, onFolder }: OverviewProps) {
  const { from, to, types } = summary;
  return (
    <div className="fb-overview">
      <table className="fb-table fb-sides">
        <thead>
          <tr>
            <th scope="col">
              <span className="fb-only-read">What</span>
            </th>
            <th scope="col">v{from.version}</th>
            <th scope="col">v{to.version}</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Files</th>
            <td>{from.files.toLocaleString('en-US')}</td>
            <td>{to.files.toLocaleString('en-US')}</td>
            <td>{signedCount(to.files - from.files) || 'none'}</td>
          </tr>
          <tr>
            <th scope="row">Size</th>
            <td>{formatBytes(from.bytes)}</td>
            <td>{formatBytes(to.bytes)}</td>
            <td>{signedBytes(to.bytes - from.bytes) || 'none'}</td>
          </tr>
        </tbody>
      </table>
      <Balance view={view} onFolder={onFolder} />
      {types.length > 0 && (
        <section aria-labelledby="fb-types">
          <h3 id="fb-types">Changes by type</h3>
          <table className="fb-table fb-types">
            <thead>
              <tr>
                <th scope="col">Type</th>
                <th scope="col">v{from.version}</th>
                <th scope="col">v{to.version}</th>
                <th scope="col">Change</th>
              </tr>
            </thead>
            <tbody>
              {types.slice(0, typesShown).map(({ type, before, after }) => (
                <tr key={type}>
                  <th scope="row">{type === '' ? 'without an ending' : `.${type}`}</th>
                  <td>{amountText(before)}</td>
                  <td>{amountText(after)}</td>
                  <td>{signedBytes(after.bytes - before.bytes) || 'same size'}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="fb-dim">Of the files that differ; those that only moved aren't counted.</p>
        </section>
      )}
    </div>
  );
}

const typesShown = 12;

const amountText = ({ files, bytes }: { files: number; bytes: number }) =>
  files === 0 ? 'none' : `${formatCount(files, 'file')}, ${formatBytes(bytes)}`;

interface OverviewProps {
  view: DiffView;
  summary: DiffSummary;
  onFolder: (folder: string) => void;
}
