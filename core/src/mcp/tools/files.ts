import { z } from 'zod';
import { FileEntry, FileSort } from '../../api/schemas.ts';
import { globs, limit, ref } from '../fields.ts';
import { readFile } from '../readFile.ts';
import { resolveVersion, selectorOf } from '../resolve.ts';
import { tool } from '../tool.ts';
import { longestCharacter } from '../wholeText.ts';

const list = tool({
  name: 'list_files',
  title: 'List files of a version',
  description:
    'Files and sub-folders of a folder within a version, a page at a time; of all below it with `recursive`, ' +
    'or those whose paths contain a text.',
  input: {
    ref,
    folder: z.string().default('').describe("path within the version; '' is the top"),
    recursive: z.boolean().default(false).describe('files of sub-folders too, instead of the sub-folders'),
    search: z.string().optional().describe('only paths that contain this text'),
    sort: FileSort.optional(),
    ...globs,
    limit: limit(1000, 100),
    cursor: z.string().optional().describe('`next` of the page before'),
  },
  output: {
    version: z.string().describe('the reference that was read'),
    items: z.array(FileEntry),
    next: z.string().nullable().describe('cursor of the following page; null at the end'),
    total: z.number().optional(),
  },
  run: async ({ client, signal }, { ref, ...request }) => {
    const version = await resolveVersion(client, ref);
    const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
    const page = await client.versions.files(version.dataset, selectorOf(version), given, signal);
    const total = page.total === undefined ? {} : { total: page.total };
    return {
      version: `${version.dataset}@${selectorOf(version)}`,
      items: page.items,
      next: page.next,
      ...total,
    };
  },
});

const read = tool({
  name: 'read_file',
  title: 'Read a file of a version',
  description:
    'A part of a text file (64 KiB from `start` on, by default its beginning), or a picture of up to 1 MiB to look at. ' +
    "A version's files never change.",
  input: {
    ref,
    path: z.string().min(1).describe('within the version, separated by /'),
    start: z.number().int().min(0).default(0).describe('byte to begin at'),
    bytes: z
      .number()
      .int()
      .min(longestCharacter)
      .max(262_144)
      .default(65_536)
      .describe('at most so many, and the rest of a character that begins before `start`'),
  },
  output: {
    path: z.string(),
    size: z.number().describe('bytes of the whole file'),
    kind: z.enum(['text', 'picture', 'binary']).describe('binary: no text is given'),
    text: z.string().nullable(),
    next: z.number().nullable().describe('`start` of what follows; null at the end'),
  },
  run: async ({ client, signal }, { ref, path, start, bytes }) => {
    const version = await resolveVersion(client, ref);
    return readFile({ client, version, path, start, bytes, signal });
  },
});

export const fileTools = [list, read];
