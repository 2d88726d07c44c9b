import type { LeaseHolder } from '../../api/index.ts';
import type { LeaseRow } from '../store/tables.ts';

export function holderOf(row: LeaseRow): LeaseHolder {
  if (row.kind === 'process') {
    return { kind: 'process', pid: row.pid ?? 0, ...(row.started === null ? {} : { started: row.started }) };
  }
  return row.kind === 'connection' ? { kind: 'connection', label: row.label ?? '' } : { kind: 'manual' };
}

/** 'a mount since 2026-05-01 09:30 UTC and process 4711', for people. */
export function describeHolders(leases: readonly LeaseRow[]): string {
  const all = leases.map(describe);
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : (all[0] ?? 'nobody');
}

function describe(row: LeaseRow): string {
  if (row.kind === 'process') return `process ${row.pid}`;
  if (row.kind === 'connection') return row.label || 'an open connection';
  return `a mount since ${new Date(row.since).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
