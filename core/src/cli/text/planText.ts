import type { PlacementPlan } from '../../api/schemas.ts';
import { formatPart } from '../../api/selection.ts';
import { formatBytes, formatDuration } from '../../api/text/units.ts';
import type { Paint } from '../session.ts';
import { formatNumber } from './format.ts';
import { formatTable } from './table.ts';

type Evictee = PlacementPlan['evict'][number];

/** What a version would take, what is free, and what would go. */
export function formatPlan(plan: PlacementPlan, paint: Paint): string {
  const name = formatPart(plan.dataset, plan.version, plan.selection);
  if (plan.state !== null && plan.state !== 'evicting') {
    return `${name} is on ${plan.cache} already (${plan.state}): nothing to do.`;
  }
  const inodes = plan.inodesFree === null ? '' : ` (free: ${formatNumber(plan.inodesFree)})`;
  const facts = [
    ['Takes at most', `${formatBytes(plan.bytes)} (free: ${formatBytes(plan.free)})`],
    ['Inodes', `${formatNumber(plan.inodes)}${inodes}`],
    ['Time', `${roughTime(plan.seconds)}${plan.measured ? '' : ', as is assumed until a fill was measured'}`],
    ['Pushes out', plan.problem ? 'nothing: it does not fit' : plan.evict.length === 0 ? 'nothing' : ''],
  ] as const;
  const head = facts.map(([title, value]) => `${paint('dim', title.padEnd(13))}  ${value}`.trimEnd());
  const blocks = [`${name} on ${plan.cache}`, ...head];
  if (plan.evict.length > 0) blocks.push(formatEvictees(plan.evict, paint));
  if (plan.problem) blocks.push(plan.problem.detail, ...(plan.problem.hint ? [plan.problem.hint] : []));
  return blocks.join('\n');
}

/** What goes, and why it goes before others. */
export function formatEvictees(evict: Evictee[], paint: Paint): string {
  return formatTable(
    evict,
    [
      { title: '  VERSION', of: (each) => `  ${formatPart(each.dataset, each.version, each.selection)}` },
      { title: 'SIZE', align: 'right', of: (each) => formatBytes(each.bytes) },
      { title: 'WHY', of: (each) => each.why },
    ],
    paint,
  );
}

function roughTime(seconds: number): string {
  return seconds < 1 ? 'under 1 s' : `about ${formatDuration(seconds)}`;
}
