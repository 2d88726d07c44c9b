import { createHash, type Hash, hash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { absent, invalid } from '../error.ts';
import { arrive } from './arrive.ts';
import { writeArtifact } from './files.ts';
import { artifactFolder, artifactPath } from './place.ts';

/** Of one file, as S3 has it. */
const mostParts = 10_000;
/** Milliseconds after its last part that an upload is given up. */
const abandonedAfter = 86_400_000;

/** A file that comes in parts: its id is the secret by which parts are sent, so that on disk its hash alone stands. */
const uploadsFolder = (folder: string) => path.join(folder, 'uploads');
const folderOf = (folder: string, id: string) => path.join(uploadsFolder(folder), hash('sha256', id));

interface Upload {
  /** Where the file will lie below all artifacts. */
  target: string;
  parts: number;
}

/** Begins the upload of a file of so many parts; answers its id. */
export async function createUpload(folder: string, upload: Upload): Promise<string> {
  const { target, parts } = upload;
  artifactPath(artifactFolder(folder), target);
  if (target.endsWith('/')) throw invalid('Invalid path');
  if (parts < 0 || parts > mostParts) {
    throw invalid(`Invalid value ${parts} for parameter 'num_parts': at most ${mostParts} parts.`);
  }
  const id = randomBytes(32).toString('hex');
  await mkdir(folderOf(folder, id), { recursive: true });
  await writeFile(path.join(folderOf(folder, id), 'upload.json'), JSON.stringify(upload));
  return id;
}

/** Keeps one part; answers the hash of its bytes. One that comes again with other bytes stands beside the former. */
export async function writePart(
  folder: string,
  id: string,
  part: number,
  body: ReadableStream | null,
): Promise<string> {
  const { parts } = await readUpload(folder, id);
  if (part < 1 || part > parts) throw invalid(`There is no part ${part} of ${parts}.`);
  let hex = '';
  try {
    await arrive(folderOf(folder, id), async (arriving) => {
      const digest = createHash('sha256');
      await writeFile(arriving, hashed(body ? Readable.fromWeb(body) : [], digest), { flag: 'wx' });
      hex = digest.digest('hex');
      return partPath(folder, id, part, hex);
    });
    return hex;
  } catch (error) {
    // It was aborted meanwhile.
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? noSuchUpload() : error;
  }
}

async function* hashed(chunks: AsyncIterable<Buffer> | Buffer[], digest: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    digest.update(chunk);
    yield chunk;
  }
}

/** Makes the file of its parts, each with the hash that was answered for it; until then nothing of it is seen. */
export async function completeUpload(
  folder: string,
  id: string,
  target: string,
  sent: { part: number; digest: string }[],
): Promise<void> {
  const upload = await readUpload(folder, id, target);
  const ordered = sent.toSorted((a, b) => a.part - b.part);
  if (ordered.length !== upload.parts || ordered.some(({ part }, at) => part !== at + 1)) {
    throw invalid(`Invalid parts: the upload has the parts 1 to ${upload.parts}, each once.`);
  }
  const files = ordered.map(({ part, digest }) => partPath(folder, id, part, digest));
  for (const [at, file] of files.entries()) {
    if (!(await isFile(file))) throw invalid(`Invalid parts: part ${at + 1} was not sent with this ETag.`);
  }
  const whole = Readable.toWeb(Readable.from(concatenated(files)));
  await writeArtifact(artifactFolder(folder), target, whole);
  await rm(folderOf(folder, id), { recursive: true, force: true });
}

export async function abortUpload(folder: string, id: string, target: string): Promise<void> {
  await readUpload(folder, id, target);
  await rm(folderOf(folder, id), { recursive: true, force: true });
}

/** Removes what nobody went on with for a day. */
export async function sweepUploads(folder: string, now: number): Promise<void> {
  const uploads = uploadsFolder(folder);
  for (const name of await readdir(uploads).catch(() => [])) {
    const upload = path.join(uploads, name);
    const found = await stat(upload).catch(() => undefined);
    if (found && now - found.mtimeMs > abandonedAfter) await rm(upload, { recursive: true, force: true });
  }
}

const hexDigest = /^[0-9a-f]{64}$/;

/** A digest comes from a client: it is a name of ours, or no part's. */
function partPath(folder: string, id: string, part: number, digest: string): string {
  if (!hexDigest.test(digest)) throw invalid(`Invalid parts: part ${part} was not sent with this ETag.`);
  return path.join(folderOf(folder, id), `${part}-${digest}`);
}

/** Throws where there is none, or one of another file. */
async function readUpload(folder: string, id: string, target?: string): Promise<Upload> {
  const written = await readFile(path.join(folderOf(folder, id), 'upload.json'), 'utf8').catch(
    () => undefined,
  );
  const upload = written === undefined ? undefined : (JSON.parse(written) as Upload);
  if (upload && (target === undefined || upload.target === target)) return upload;
  throw noSuchUpload();
}

const noSuchUpload = () => absent('There is no such upload: it has ended, or was never begun.');

const isFile = async (file: string) => (await stat(file).catch(() => undefined))?.isFile() === true;

async function* concatenated(files: string[]): AsyncGenerator<Buffer> {
  for (const file of files) yield* createReadStream(file) as AsyncIterable<Buffer>;
}
