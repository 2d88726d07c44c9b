import { z } from 'zod';
import { DiffEntry, DiffKind, DiffSummary } from '../../api/schemas.ts';
import { wait } from '../../client/http/wait.ts';
import { dataset, limit, offset } from '../fields.ts';
import { tool } from '../tool.ts';

/** Milliseconds: the largest comparisons take some seconds, and a caller may ask again. */
const patience = 20_000;

const side = z
  .string()
  .regex(/^@?[A-Za-z0-9._-]+$/, "Write what follows @ in a reference: 'v3', 'latest' or a tag");
const selector = (text: string) => text.replace(/^@/, '');

const diff = tool({
  name: 'diff_versions',
  title: 'Compare two versions',
  description:
    'What was added, changed, removed and moved between two versions of a dataset: counts and bytes first, then paths, ' +
    'a page at a time.',
  input: {
    dataset,
    from: side.describe("the older version: 'v2', a tag, 'latest'"),
    to: side.default('latest').describe("the newer version: 'v3', a tag, 'latest'"),
    kinds: z.array(DiffKind).optional().describe('only these changes; all if left out'),
    folder: z.string().optional().describe('only what is in this folder; all paths if left out'),
    search: z.string().optional().describe('only paths that contain this text'),
    offset,
    limit: limit(1000, 100),
  },
  output: {
    summary: DiffSummary.describe('while it is not `ready`, counts may still grow: ask again'),
    items: z.array(DiffEntry),
    total: z.number().describe('entries of all pages'),
  },
  run: async ({ client, signal }, { dataset, from, to, ...request }) => {
    const pair = { dataset, from: selector(from), to: selector(to) };
    const until = Date.now() + patience;
    let summary = await client.versions.diffSummary(pair, signal);
    while (!summary.ready && Date.now() < until && !signal.aborted) {
      await wait(200, signal);
      summary = await client.versions.diffSummary(pair, signal);
    }
    const { kinds, folder, search, offset, limit } = request;
    const wanted = {
      ...(kinds ? { kinds } : {}),
      ...(folder === undefined ? {} : { folder }),
      ...(search === undefined ? {} : { search }),
    };
    const entries = await client.versions.diffEntries({ ...pair, ...wanted, offset, limit }, signal);
    return { summary, items: entries.items, total: entries.total };
  },
});

export const diffTools = [diff];
