import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { outcome } from '../../support/home.ts';
import { type FileSpec, makeFiles, pathOf } from './files.ts';

/** What every peer is given; what not every peer needs is made when it is first asked for. */
export class Sources {
  readonly folder: string;
  readonly spec: FileSpec;
  readonly bytes: number;
  readonly #at: string;
  #archive: Promise<string> | undefined;
  #pieces: string | undefined;

  constructor(at: string, spec: FileSpec) {
    this.#at = at;
    this.spec = spec;
    this.folder = join(at, 'source');
    this.bytes = makeFiles(this.folder, spec);
  }

  /** The files as one tar. */
  archive(): Promise<string> {
    this.#archive ??= makeArchive(join(this.#at, 'source.tar'), this.folder);
    return this.#archive;
  }

  /** A folder with the same bytes as files of 64 MiB. */
  pieces(): string {
    this.#pieces ??= makePieces(join(this.#at, 'pieces'), this.folder, this.spec.count);
    return this.#pieces;
  }
}

async function makeArchive(archive: string, folder: string): Promise<string> {
  const { code, stderr } = await outcome(spawn('tar', ['cf', archive, '-C', folder, '.']));
  if (code !== 0) throw new Error(`tar failed: ${stderr}`);
  return archive;
}

const pieceBytes = 64 * 2 ** 20;

function makePieces(pieces: string, folder: string, files: number): string {
  mkdirSync(pieces);
  let piece = -1;
  let number = 0;
  let room = 0;
  for (let index = 0; index < files; index++) {
    let rest = readFileSync(join(folder, pathOf(index)));
    while (rest.length > 0) {
      if (room === 0) {
        if (piece !== -1) closeSync(piece);
        piece = openSync(join(pieces, String(number++).padStart(4, '0')), 'w');
        room = pieceBytes;
      }
      const part = rest.subarray(0, room);
      writeSync(piece, part);
      room -= part.length;
      rest = rest.subarray(part.length);
    }
  }
  if (piece !== -1) closeSync(piece);
  return pieces;
}
