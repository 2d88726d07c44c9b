import { z } from 'zod';
import { Dataset, Placement, Version, VersionStatistics } from '../../api/schemas.ts';
import { dataset, limit, offset, ref } from '../fields.ts';
import { readReadme } from '../readme.ts';
import { resolveVersion } from '../resolve.ts';
import { settledStatistics } from '../statistics.ts';
import { tool } from '../tool.ts';

const list = tool({
  name: 'list_datasets',
  title: 'List datasets',
  description:
    'Datasets of the lake, each with its description, labels and newest version (files, bytes, author, time). ' +
    'Start here to find out what data there is.',
  input: {
    search: z.string().optional().describe('text within name, description or a label, whatever its case'),
    label: z.string().optional().describe('only datasets with this label'),
    offset,
    limit: limit(200, 50),
  },
  output: { items: z.array(Dataset), total: z.number().describe('that match') },
  run: async ({ client }, { search = '', label, offset, limit }) => {
    const wanted = search.toLowerCase();
    const matching = (await client.datasets.list()).filter(
      ({ name, description, labels }) =>
        [name, description, ...labels].some((text) => text.toLowerCase().includes(wanted)) &&
        (label === undefined || labels.includes(label)),
    );
    return { items: matching.slice(offset, offset + limit), total: matching.length };
  },
});

const describe = tool({
  name: 'describe_dataset',
  title: 'Describe a dataset',
  description:
    'One dataset: what it is, its labels, the README of its newest version, and its versions, newest first, ' +
    'with message, author, tags and how many files each added, changed and removed.',
  input: {
    dataset,
    limit: limit(200, 20),
    cursor: z.string().optional().describe('`next` of the page of versions before'),
  },
  output: {
    dataset: Dataset,
    versions: z.array(Version),
    next: z.string().nullable().describe('cursor of the following page; null at the end'),
    readme: z.string().nullable().describe('null where it has none, or on a later page'),
  },
  run: async ({ client, signal }, { dataset: name, limit, cursor }) => {
    const found = await client.datasets.get(name);
    const { items, next } = await client.versions.page(found.name, { limit, cursor });
    const { latest } = found;
    const readme = latest && cursor === undefined ? await readReadme(client, latest, signal) : null;
    return { dataset: found, versions: items, next, readme };
  },
});

const describeVersion = tool({
  name: 'describe_version',
  title: 'Describe a version',
  description:
    'One version: README, statistics (files by type, folder, class and size; sizes of pictures, columns of tables) ' +
    'and where it is cached. Statistics of a large version may still be counted: ask again where not complete.',
  input: { ref },
  output: {
    version: Version,
    statistics: VersionStatistics,
    cached: z.array(Placement),
    readme: z.string().nullable(),
  },
  run: async ({ client, signal }, { ref }) => {
    const version = await resolveVersion(client, ref);
    const [statistics, placements, readme] = await Promise.all([
      settledStatistics(client, version, signal),
      client.placements.list({ dataset: version.dataset }),
      readReadme(client, version, signal),
    ]);
    const cached = placements.filter((placement) => placement.version === version.version);
    return { version, statistics, cached, readme };
  },
});

export const datasetTools = [list, describe, describeVersion];
