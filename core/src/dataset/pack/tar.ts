/** A pack is a POSIX.1-2001 (pax) tar; sizes and offsets in bytes. */
export const block = 512;
/** Two empty blocks end an archive. */
export const trailer = 2 * block;

export interface Member {
  path: string;
  size: number;
  executable: boolean;
  /** Milliseconds since 1970. */
  mtime: number;
}

const mostOctal11 = 0o77777777777;

/** Bytes that a member takes: its headers and its content, filled up to whole blocks. */
export function memberLength(path: string, size: number): number {
  return headerLength(path, size) + padded(size);
}

export function padded(size: number): number {
  return Math.ceil(size / block) * block;
}

/** Bytes before a member's content. */
export function headerLength(path: string, size: number): number {
  const records = paxRecords(path, size);
  return records.length === 0 ? block : 2 * block + padded(records.length);
}

/** Writes a member's headers into `target` at `offset` and gives the offset of its content. */
export function writeHeader(target: Buffer, offset: number, member: Member): number {
  const records = paxRecords(member.path, member.size);
  let at = offset;
  if (records.length > 0) {
    writeBlock(
      target,
      at,
      { name: Buffer.from('././@PaxHeader'), prefix: empty, type: 'x' },
      records.length,
      {
        ...member,
        executable: false,
      },
    );
    at += block;
    target.fill(0, at, at + padded(records.length));
    records.copy(target, at);
    at += padded(records.length);
  }
  const name = splitName(member.path) ?? { name: Buffer.from(member.path).subarray(0, 100), prefix: empty };
  writeBlock(target, at, { ...name, type: '0' }, Math.min(member.size, mostOctal11), member);
  return at + block;
}

const empty = Buffer.alloc(0);

/** Header fields after POSIX.1-2001, ustar Interchange Format. */
function writeBlock(
  target: Buffer,
  at: number,
  { name, prefix, type }: { name: Buffer; prefix: Buffer; type: string },
  size: number,
  { executable, mtime }: Member,
): void {
  target.fill(0, at, at + block);
  name.copy(target, at);
  writeOctal(target, at + 100, 8, executable ? 0o755 : 0o644);
  writeOctal(target, at + 108, 8, 0);
  writeOctal(target, at + 116, 8, 0);
  writeOctal(target, at + 124, 12, size);
  writeOctal(target, at + 136, 12, Math.min(mostOctal11, Math.max(0, Math.floor(mtime / 1000))));
  target.write('        ', at + 148, 'latin1');
  target.write(type, at + 156, 'latin1');
  target.write('ustar\0' + '00', at + 257, 'latin1');
  prefix.copy(target, at + 345);
  let sum = 0;
  for (let i = at; i < at + block; i++) sum += target[i] as number;
  target.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1');
}

function writeOctal(target: Buffer, at: number, length: number, value: number): void {
  target.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
}

/** Records of the extended header: only what the plain one can't hold (names not ASCII or too long, 8 GiB and more). */
function paxRecords(path: string, size: number): Buffer {
  if (size <= mostOctal11 && splitName(path)) return empty;
  const records = [paxRecord('path', path)];
  if (size > mostOctal11) records.push(paxRecord('size', String(size)));
  return Buffer.concat(records);
}

/** "LENGTH KEYWORD=VALUE\n", LENGTH counting itself. */
function paxRecord(keyword: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${keyword}=${value}\n`);
  let length = rest + String(rest).length;
  if (rest + String(length).length !== length) length++;
  return Buffer.from(`${length} ${keyword}=${value}\n`);
}

/** An ASCII path as name (100 bytes) and prefix (155), or undefined where it doesn't fit. */
function splitName(path: string): { name: Buffer; prefix: Buffer } | undefined {
  if (!/^[\x20-\x7e]*$/.test(path)) return undefined;
  if (path.length <= 100) return { name: Buffer.from(path), prefix: empty };
  const slash = path.indexOf('/', path.length - 101);
  if (slash <= 0 || slash > 155 || slash === path.length - 1) return undefined;
  return { name: Buffer.from(path.slice(slash + 1)), prefix: Buffer.from(path.slice(0, slash)) };
}
