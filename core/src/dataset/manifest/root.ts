import * as z from 'zod';
import { ForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { unknownFeature } from '../log/records.ts';
import { keyOf, namePattern } from '../names.ts';
import { compress, decompress, parseJson } from './codec.ts';
import { hashPage, type Page } from './page.ts';
import { pageFromJson, pageToJson } from './pageJson.ts';

/** Top of one version's manifest. */
export interface Root {
  digest: string;
  entries: number;
  files: number;
  /** Of the files' contents. */
  bytes: number;
  packs: Map<string, PackUse>;
  page: Page;
}

export interface PackUse {
  /** Of the whole object. */
  size: number;
  /** Bytes of it that this version's files refer to, each file's on its own. */
  used: number;
}

const count = z.number().int().nonnegative();
const RootJson = z.looseObject({
  format: z.literal(1),
  digest: z.string(),
  entries: count,
  files: count,
  bytes: count,
  packs: z.array(z.tuple([z.string().regex(namePattern), count, count]).rest(z.unknown())),
  page: z.unknown(),
});

export function encodeRoot(root: Root): Uint8Array {
  const packs = [...root.packs].map(([name, { size, used }]) => [name, size, used]);
  const { digest, entries, files, bytes } = root;
  return compress(
    JSON.stringify({ format: 1, digest, entries, files, bytes, packs, page: pageToJson(root.page) }),
  );
}

/** Throws `damaged` where the object is missing, isn't a root or doesn't have the digest it says. */
export async function readRoot(
  lake: Lake,
  datasetId: string,
  name: string,
  signal?: AbortSignal,
): Promise<Root> {
  const key = keyOf.root(datasetId, name);
  const bytes = await lake.get(key, { signal });
  if (!bytes) throw new ForebayError('damaged', `The manifest ${key} is missing from the lake.`);
  const json = parseJson(decompress(bytes, key), key);
  if ((json as { format?: unknown } | null)?.format !== 1) throw unknownFeature(`another format of ${key}`);
  const parsed = RootJson.safeParse(json);
  if (!parsed.success) throw new ForebayError('damaged', `The manifest ${key} in the lake can't be read.`);
  const page = pageFromJson(parsed.data.page, key);
  if (hashPage(page) !== parsed.data.digest) {
    throw new ForebayError('damaged', `The manifest ${key} in the lake doesn't have the digest it says.`);
  }
  const { digest, entries, files, bytes: size } = parsed.data;
  const packs = new Map(parsed.data.packs.map(([pack, packSize, used]) => [pack, { size: packSize, used }]));
  return { digest, entries, files, bytes: size, packs, page };
}
