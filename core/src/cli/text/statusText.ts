import type { Status } from '../../api/schemas.ts';
import type { Paint } from '../session.ts';
import { cacheTable } from './cacheTable.ts';
import { progressLine } from './progressLine.ts';

export function formatStatus(status: Status, paint: Paint): string {
  const { lake } = status;
  const facts: [string, string][] = [
    ['Forebay', `${status.version}, running as process ${status.pid}`],
    ['Home', status.home],
    ['Lake', lake ? `${lake.url}${lake.temporary ? paint('yellow', ' (temporary)') : ''}` : 'none yet'],
    ...(lake?.endpoint ? [['Endpoint', lake.endpoint] as [string, string]] : []),
  ];
  const head = facts.map(([name, value]) => `${paint('dim', name.padEnd(8))}  ${value}`).join('\n');
  const blocks = [
    head,
    status.caches.length > 0 ? cacheTable(status.caches, paint) : '',
    status.jobs.map((job) => progressLine(job, 160)).join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}
