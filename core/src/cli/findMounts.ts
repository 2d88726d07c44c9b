import fs from 'node:fs';
import { ForebayError } from '../api/errors.ts';
import { formatRef, formatSelector, parseRef } from '../api/ref.ts';
import type { Lease } from '../api/schemas.ts';
import type { Client } from '../client/index.ts';
import type { Context } from './context.ts';

/** The leases until unmount that a reference or a path means. Throws `lease-unknown` where there is none. */
export async function findMounts(context: Context, client: Client, text: string): Promise<Lease[]> {
  const matches = text.includes('/') ? byPath(context.resolve(text)) : await byRef(client, text);
  const held = (await client.leases.list()).filter(matches);
  const manual = held.filter(({ holder }) => holder.kind === 'manual');
  if (manual.length > 0) return manual;
  const [other] = held;
  throw new ForebayError(
    'lease-unknown',
    `${text} isn't mounted.`,
    other &&
      `${formatRef(other.dataset, other.version)} is in use by ${holderName(other)} and let go when that ends.`,
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
