import * as z from 'zod';
import { ForebayError } from '../api/errors.ts';
import type { Lake } from '../lake/lake.ts';
import { probeConditionalWrites } from '../lake/probe.ts';
import { catalogLog, catalogPrefix } from './log/kinds.ts';
import { readLog } from './log/log.ts';
import { namePattern, randomName } from './names.ts';

const key = 'forebay.json';
const format = 'forebay-lake';
const formatVersion = 1;

const Repository = z.looseObject({
  format: z.literal(format),
  version: z.literal(formatVersion),
  id: z.string().regex(namePattern),
});

/**
 * Makes sure that `lake` is one that this program may work on, and gives its id; `create` makes a missing one.
 * `endpoint`: where an S3 lake was opened. Throws `lake-missing`, `lake-format`, `lake-feature`, `lake-unsafe`,
 * and `lake-other` where another endpoint is the lake's home.
 */
export async function openRepository(
  lake: Lake,
  options: { create: boolean; endpoint?: string | undefined },
): Promise<{ id: string }> {
  if (options.create) await lake.create();
  const found = await readRepository(lake);
  if (!found && !options.create) {
    throw new ForebayError(
      'lake-missing',
      `There is no lake at ${lake.url} yet.`,
      'Check the address, or make it with `forebay up --lake`.',
    );
  }
  await probeConditionalWrites(lake);
  const { id } = found ?? (await createRepository(lake));
  const { home } = await readLog(lake, catalogPrefix, catalogLog);
  if (home !== null && home !== options.endpoint) {
    throw new ForebayError(
      'lake-other',
      `The home of the lake ${lake.url} is ${home}, where its versions are made; this is a copy.`,
      `Open it there: set AWS_ENDPOINT_URL_S3=${home}.`,
    );
  }
  return { id };
}

async function createRepository(lake: Lake): Promise<{ id: string }> {
  const repository = {
    format,
    version: formatVersion,
    id: randomName(),
    created: new Date().toISOString(),
  };
  await lake.putIfAbsent(key, Buffer.from(`${JSON.stringify(repository)}\n`));
  const there = await readRepository(lake);
  if (there) return there;
  throw new ForebayError('lake-unsafe', `The lake at ${lake.url} forgets what was just written to it.`);
}

/** The lake that is there, if any. Throws `lake-format` for what isn't one that this program knows. */
export async function readRepository(lake: Lake): Promise<{ id: string } | undefined> {
  const bytes = await lake.get(key);
  if (!bytes) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    json = undefined;
  }
  const parsed = Repository.safeParse(json);
  if (parsed.success) return { id: parsed.data.id };
  const version = (json as { version?: unknown } | undefined)?.version;
  throw typeof version === 'number' && version > formatVersion
    ? new ForebayError(
        'lake-format',
        `The lake at ${lake.url} has format version ${version}; this Forebay knows ${formatVersion}.`,
        'Update Forebay.',
      )
    : new ForebayError(
        'lake-format',
        `${lake.url} holds a ${key} that isn't a Forebay lake's.`,
        'Choose another place for the lake.',
      );
}
