import type { Command } from 'commander';
import { formatRef, formatSelector, parseRef } from '../../../api/ref.ts';
import { formatCount } from '../../../api/text/units.ts';
import type { Client } from '../../../client/index.ts';
import { act, type Outcome } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import { Misuse } from '../../misuse.ts';
import type { Session } from '../../session.ts';

export function addRm(parent: Command, session: Session): void {
  parent
    .command('rm')
    .description('remove a version for everybody, or a dataset with all its versions')
    .argument('<ref>', 'NAME@vN', refArgument)
    .option('--all-versions', 'delete the whole dataset NAME')
    .action(
      act<{ allVersions?: boolean }, [string]>(session, async (context, options, text) => {
        const what = whatToRemove(text, options.allVersions === true);
        const client = await context.client();
        return what.version === undefined
          ? deleteDataset(client, what.name)
          : removeVersion(client, what.name, what.version);
      }),
    );
}

/** Only ever what is named to the number: names and tags move, and what is removed is removed for good. */
function whatToRemove(text: string, all: boolean): { name: string; version?: number } {
  const { name, selector } = parseRef(text);
  const named = text.includes('@');
  if (all && !named) return { name };
  if (all) {
    throw new Misuse(
      `'${text}' names a version, not a whole dataset.`,
      `Write ${name} --all-versions, or leave that out.`,
    );
  }
  if (selector.kind === 'number') return { name, version: selector.number };
  throw new Misuse(
    named
      ? `'@${formatSelector(selector)}' may mean another version tomorrow, so nothing was removed.`
      : `'${name}' names no version, so nothing was removed.`,
    `Write its number, like ${name}@v3 ('forebay data log ${name}' shows them); the whole dataset goes with '${name} --all-versions'.`,
  );
}

async function removeVersion(client: Client, name: string, version: number): Promise<Outcome> {
  const removed = await client.house.removeVersion(name, version);
  const caches = removed.clearing.map(({ cache }) => cache);
  const { tags } = removed;
  const lines = [
    `Removed ${formatRef(name, version)}${tags.length > 0 ? `; tags that went with it: ${tags.join(', ')}` : ''}.`,
    ...clearing(caches),
    spaceHint(name),
  ];
  return { json: { dataset: name, version, tags, caches }, text: lines.join('\n') };
}

async function deleteDataset(client: Client, name: string): Promise<Outcome> {
  const { versions, clearing: cleared } = await client.house.deleteDataset(name);
  const caches = [...new Set(cleared.map(({ cache }) => cache))];
  const lines = [
    `Deleted ${name} with ${formatCount(versions, 'version')}.`,
    ...clearing(caches),
    spaceHint(''),
  ];
  return { json: { dataset: name, versions, caches }, text: lines.join('\n') };
}

function clearing(caches: string[]): string[] {
  return caches.length > 0 ? [`Its cached copies are being cleared: ${caches.join(', ')}.`] : [];
}

const spaceHint = (name: string) =>
  `Its space in the lake comes back with 'forebay data gc${name === '' ? '' : ` ${name}`}'.`;
