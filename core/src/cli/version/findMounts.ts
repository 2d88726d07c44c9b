import fs from 'node:fs';
import { ForebayError } from '../../api/errors.ts';
import { formatSelector, parseRef } from '../../api/ref.ts';
import type { Lease, Selection } from '../../api/schemas.ts';
import { formatPart } from '../../api/selection.ts';
import type { Client } from '../../client/index.ts';
import type { Context } from '../context.ts';
import { pickPart } from './pickPart.ts';

/**
 * The leases until unmount that a reference (with the globs of a part) or a path means; a part that was mounted where
 * the whole version was there holds that. Throws `lease-unknown` where there is none.
 */
export async function findMounts(
  context: Context,
  client: Client,
  text: string,
  selection: Selection | null,
): Promise<Lease[]> {
  const matches = text.includes('/') ? byPath(context.resolve(text)) : await byRef(client, text);
  const held = (await client.leases.list()).filter(matches);
  const manual = held.filter(({ holder }) => holder.kind === 'manual');
  const meant = pickPart(manual, selection, 'unmount');
  if (meant.length > 0) return meant;
  const whole = manual.filter((lease) => lease.selection === null);
  if (whole.length > 0) return whole;
  const [other] = held;
  throw new ForebayError(
    'lease-unknown',
    `${text} isn't mounted.`,
    other &&
      `${formatPart(other.dataset, other.version, other.selection)} is in use by ${holderName(other)} and let go when that ends.`,
  );
}

async function byRef(client: Client, text: string): Promise<(lease: Lease) => boolean> {
  const { name, selector } = parseRef(text);
  const { version } = await client.versions.get(name, formatSelector(selector));
  return (lease) => lease.dataset === name && lease.version === version;
}

/** The path itself, or anything below it. */
function byPath(text: string): (lease: Lease) => boolean {
  const path = fs.existsSync(text) ? fs.realpathSync.native(text) : text;
  return (lease) => lease.path !== null && (path === lease.path || path.startsWith(`${lease.path}/`));
}

function holderName({ holder }: Lease): string {
  if (holder.kind === 'process') return `process ${holder.pid}`;
  return holder.kind === 'connection' ? holder.label : 'a mount';
}
