import type { Candidate } from '../../src/api/schemas.ts';
import { formatPart } from '../../src/api/selection.ts';
import { formatAgo, formatMoment } from '../../src/api/text/moment.ts';
import { formatBytes } from '../../src/api/text/units.ts';
import { PlainTable } from '../parts/PlainTable.tsx';

type Evictee = Candidate['evict'][number];

const nameOf = ({ dataset, version, selection }: Evictee) => formatPart(dataset, version, selection);

/** What goes, in that order, and why it goes before others. `now` in milliseconds. */
export function Evictees({ evict, now, label }: { evict: Candidate['evict']; now: number; label: string }) {
  return (
    <PlainTable
      className="fb-evictees"
      label={label}
      rows={evict}
      keyOf={({ placement }) => placement}
      columns={[
        { title: 'Version', cell: nameOf, hint: nameOf },
        { title: 'Size', numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
        {
          title: 'Last used',
          cell: ({ lastUsed }) => formatAgo(lastUsed, now),
          hint: ({ lastUsed }) => formatMoment(lastUsed),
        },
        { title: 'Why it goes first', dim: true, cell: ({ why }) => why, hint: ({ why }) => why },
      ]}
    />
  );
}
