import type { Command } from 'commander';
import { formatRef } from '../../../api/ref.ts';
import type { Job, Placement } from '../../../api/schemas.ts';
import { describeSelection } from '../../../api/selection.ts';
import { formatAge } from '../../../api/text/moment.ts';
import { formatBytes } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import type { Paint, Session } from '../../session.ts';
import { placementLine } from '../../shapes.ts';
import { formatNumber, formatUntil, printable } from '../../text/format.ts';
import { shareOf } from '../../text/progressLine.ts';
import { formatTable } from '../../text/table.ts';

export function addCacheLs(parent: Command, session: Session): void {
  parent
    .command('ls')
    .description('what is cached where, and until when')
    .action(
      act<object, []>(session, async (context) => {
        const client = await context.client();
        const placements = await client.placements.list();
        const jobs = placements.some(({ job }) => job !== null) ? (await client.app.status()).jobs : [];
        const empty = 'Nothing is cached. Put a version on a cache with: forebay cache add NAME';
        const text = placements.length === 0 ? empty : placementTable(placements, jobs, context.paint);
        return { json: placements.map(placementLine), text };
      }),
    );
}

function placementTable(placements: Placement[], jobs: Job[], paint: Paint): string {
  return formatTable(
    placements,
    [
      { title: 'VERSION', of: ({ dataset, version }) => formatRef(dataset, version) },
      ...(placements.some(({ selection }) => selection) ? [partColumn] : []),
      { title: 'CACHE', of: ({ cache }) => cache },
      { title: 'STATE', of: (placement) => stateOf(placement, jobs, paint) },
      { title: 'FILES', align: 'right', of: ({ files }) => formatNumber(files) },
      { title: 'SIZE', align: 'right', of: ({ bytes }) => formatBytes(bytes) },
      { title: 'LAST USED', align: 'right', of: ({ lastUsed }) => formatAge(lastUsed, Date.now()) },
      { title: 'AGES OUT', align: 'right', of: agesOut },
      { title: 'PATH', of: ({ path, problem }) => path ?? problem?.detail ?? '' },
    ],
    paint,
  );
}

/** Only where there is a part: a version is meant whole. */
const partColumn = {
  title: 'PART',
  of: ({ selection }: Placement) => (selection ? printable(describeSelection(selection)) : 'all'),
};

function agesOut({ leases, pinned, expires }: Placement): string {
  if (leases > 0) return 'in use';
  return pinned ? 'pinned' : formatUntil(expires);
}

function stateOf({ state, problem, job: id }: Placement, jobs: Job[], paint: Paint): string {
  const job = jobs.find((each) => each.id === id);
  const share = job && shareOf(job);
  if (typeof share === 'number') return `${state} ${Math.floor(share * 100)}%`;
  if (state === 'ready' && problem !== null) return paint('red', 'damaged');
  return state === 'failed' ? paint('red', state) : state;
}
