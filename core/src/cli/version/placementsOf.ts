import { ForebayError } from '../../api/errors.ts';
import { formatRef, formatSelector, parseRef } from '../../api/ref.ts';
import type { Placement, Selection } from '../../api/schemas.ts';
import { formatPart, selectionOptions } from '../../api/selection.ts';
import type { Client } from '../../client/index.ts';
import { pickPart } from './pickPart.ts';

/** Where a version, or a part of it, is cached, on one cache or on all. Throws `not-cached` where it is nowhere. */
export async function placementsOf(
  client: Client,
  command: 'rm' | 'verify' | 'pin' | 'unpin',
  ref: string,
  selection: Selection | null,
  cache?: string,
): Promise<Placement[]> {
  const { name, selector } = parseRef(ref);
  const { version } = await client.versions.get(name, formatSelector(selector));
  const all = await client.placements.list({ dataset: name });
  const held = all.filter(
    (each) => each.version === version && (cache === undefined || each.cache === cache),
  );
  const found = pickPart(held, selection, `cache ${command}`);
  if (found.length > 0) return found;
  const elsewhere = all.filter((each) => each.version === version).map((each) => each.cache);
  throw new ForebayError(
    'not-cached',
    `${formatPart(name, version, selection)} isn't on ${cache === undefined ? 'any cache' : cache}.`,
    held.length > 0
      ? `What is there of it: ${held.map(sayPart).join('; ')}.`
      : elsewhere.length > 0
        ? `It is on ${elsewhere.join(', ')}.`
        : hintOfOthers(all, command, cache),
  );
}

function sayPart({ selection, cache }: Placement): string {
  return `${selection ? selectionOptions(selection) : 'all'} on ${cache}`;
}

/** 'v1 and v2 are on local: forebay cache rm chest-xray@v2' */
function hintOfOthers(all: Placement[], command: string, cache?: string): string {
  const others = all
    .filter((each) => each.state === 'ready' && (cache === undefined || each.cache === cache))
    .sort((a, b) => a.version - b.version);
  const newest = others.at(-1);
  if (!newest) return "See 'forebay cache ls' for what is cached.";
  const versions = list([...new Set(others.map(({ version }) => `v${version}`))]);
  const caches = list([...new Set(others.map((each) => each.cache))]);
  const are = versions.length === 1 ? 'is' : 'are';
  const on = cache === undefined ? '' : ` --on ${cache}`;
  const example = `forebay cache ${command} ${formatRef(newest.dataset, newest.version)}${on}`;
  return `${versions.text} ${are} on ${caches.text}: ${example}`;
}

function list(names: string[]): { text: string; length: number } {
  const last = names.at(-1) ?? '';
  const text = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
  return { text, length: names.length };
}
