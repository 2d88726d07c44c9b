import { ForebayError } from '../../api/errors.ts';
import type { Entry, FileEntry, Origin, Part } from '../entry.ts';
import { unknownFeature } from '../log/records.ts';
import { namePattern } from '../names.ts';
import { isLeaf, type Page, type PageRef } from './page.ts';
import { checkEntryPath } from './path.ts';

const sha256Name = /^sha256:[0-9a-f]{64}$/;

/** A page as plain JSON; see FORMAT.md, Pages. Names of packs and objects stand once, lines refer to them by position. */
export function pageToJson(page: Page): object {
  const names = new Map<string, number>();
  const indexOf = (name: string): number => {
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, names.size);
    return names.size - 1;
  };
  if (isLeaf(page)) {
    const entries = page.entries.map((entry) => entryToJson(entry, indexOf));
    return { level: 0, packs: [...names.keys()], entries };
  }
  const children = page.children.map((child) => [
    child.hash,
    child.last,
    indexOf(child.object),
    child.offset,
    child.length,
    child.entries,
    child.files,
    child.bytes,
  ]);
  return { level: page.level, objects: [...names.keys()], children };
}

function entryToJson(entry: Entry, indexOf: (pack: string) => number): unknown[] {
  if (entry.kind === 'folder') return ['folder', entry.path, 0, false, null];
  if (entry.kind === 'link') return ['link', entry.path, 0, false, entry.target];
  const parts = entry.parts.map((part) => partToJson(part, indexOf));
  const { origin, sha256 } = entry;
  const content = origin ? [origin.url, origin.etag, origin.versionId] : `sha256:${sha256}`;
  const line = ['file', entry.path, entry.size, entry.executable, content, entry.mtime, parts];
  return origin && sha256 ? [...line, `sha256:${sha256}`] : line;
}

function partToJson(part: Part, indexOf: (pack: string) => number): unknown {
  if ('external' in part) return 'external';
  const line = [indexOf(part.pack), part.offset, part.length, part.codec, part.size];
  return part.sha256 === undefined ? line : [...line, `sha256:${part.sha256}`];
}

/** Throws `damaged` where it isn't a page, `lake-feature` where it holds what this program doesn't know. */
export function pageFromJson(json: unknown, where: string): Page {
  const page = json as Record<string, unknown> | null;
  const damaged = () => new ForebayError('damaged', `The manifest page ${where} in the lake can't be read.`);
  if (page?.level === 0 && Array.isArray(page.entries) && isNames(page.packs)) {
    const { packs } = page;
    return { level: 0, entries: page.entries.map((line) => entryFromJson(line, packs, damaged)) };
  }
  if (isCount(page?.level) && Array.isArray(page?.children) && isNames(page.objects)) {
    const { objects, level } = page;
    return {
      level: level as number,
      children: page.children.map((line) => refFromJson(line, objects, damaged)),
    };
  }
  throw damaged();
}

function refFromJson(line: unknown, objects: string[], damaged: () => Error): PageRef {
  if (!Array.isArray(line)) throw damaged();
  const [hash, last, index, offset, length, entries, files, bytes] = line;
  const object = objects[index];
  if (typeof hash !== 'string' || typeof last !== 'string' || object === undefined) throw damaged();
  if (![offset, length, entries, files, bytes].every(isCount)) throw damaged();
  return { hash, last, object, offset, length, entries, files, bytes };
}

function entryFromJson(line: unknown, packs: string[], damaged: () => Error): Entry {
  if (!Array.isArray(line) || typeof line[0] !== 'string' || typeof line[1] !== 'string') throw damaged();
  const [kind, path, size, executable, content, mtime, parts, learned] = line;
  checkEntryPath(path);
  switch (kind) {
    case 'folder':
      return { kind, path };
    case 'link':
      if (typeof content !== 'string') throw damaged();
      return { kind, path, target: content };
    case 'file': {
      if (!isCount(size) || typeof executable !== 'boolean' || !Number.isSafeInteger(mtime)) throw damaged();
      if (!Array.isArray(parts)) throw damaged();
      const origin = Array.isArray(content) ? originFrom(content, damaged) : undefined;
      const file: FileEntry = {
        kind,
        path,
        size,
        executable,
        mtime,
        sha256: origin ? (learned === undefined ? null : hexOf(learned, damaged)) : hexOf(content, damaged),
        parts: parts.map((part) => partFrom(part, packs, origin, size, damaged)),
      };
      return origin ? { ...file, origin } : file;
    }
    default:
      throw unknownFeature(`an entry of kind '${kind}'`);
  }
}

function partFrom(
  part: unknown,
  packs: string[],
  origin: Origin | undefined,
  fileSize: number,
  damaged: () => Error,
): Part {
  if (part === 'external' && origin) return { external: { ...origin, size: fileSize } };
  if (!Array.isArray(part)) throw unknownFeature('a kind of file part');
  const [index, offset, length, codec, size, sha256] = part;
  if (typeof codec === 'string' && codec !== 'raw' && codec !== 'zstd') {
    throw unknownFeature(`the codec '${codec}'`);
  }
  const pack = packs[index];
  if (pack === undefined || ![offset, length, size].every(isCount)) throw damaged();
  const place = { pack, offset, length, codec, size };
  return sha256 === undefined ? place : { ...place, sha256: hexOf(sha256, damaged) };
}

function originFrom([url, etag, versionId]: unknown[], damaged: () => Error): Origin {
  if (typeof url !== 'string' || typeof etag !== 'string') throw damaged();
  if (versionId !== null && typeof versionId !== 'string') throw damaged();
  return { url, etag, versionId };
}

/** Of `sha256:HEX`. */
function hexOf(content: unknown, damaged: () => Error): string {
  if (typeof content !== 'string') throw damaged();
  if (sha256Name.test(content)) return content.slice(7);
  const [algorithm] = content.split(':');
  throw algorithm === 'sha256' ? damaged() : unknownFeature(`the hash '${algorithm}'`);
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string' && namePattern.test(name));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
