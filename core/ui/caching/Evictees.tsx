import { formatAgo, formatMoment } from '../../src/api/moment.ts';
import type { Candidate } from '../../src/api/schemas.ts';
import { formatPart } from '../../src/api/selection.ts';
import { formatBytes } from '../../src/api/units.ts';

/** What goes, in that order, and why it goes before others. `now` in milliseconds. */
export function Evictees({ evict, now, label }: { evict: Candidate['evict']; now: number; label: string }) {
  return (
    <table className="fb-table fb-evictees" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Version</th>
          <th scope="col" className="fb-cell-number">
            Size
          </th>
          <th scope="col">Last used</th>
          <th scope="col">Why it goes first</th>
        </tr>
      </thead>
      <tbody>
        {evict.map((one) => {
          const name = formatPart(one.dataset, one.version, one.selection);
          return (
            <tr key={one.placement}>
              <td title={name}>{name}</td>
              <td className="fb-cell-number">{formatBytes(one.bytes)}</td>
              <td className="fb-number" title={formatMoment(one.lastUsed)}>
                {formatAgo(one.lastUsed, now)}
              </td>
              <td className="fb-dim" title={one.why}>
                {one.why}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
