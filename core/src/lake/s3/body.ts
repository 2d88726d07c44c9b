import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CutAnswer } from './failure.ts';

export interface BodyOptions {
  /** Told of every piece, and of all of it again, negative, when it is of no use. */
  arrived?: ((bytes: number) => void) | undefined;
  /** Where the bytes go, if not into memory of their own. */
  into?: Uint8Array | undefined;
}

/** Reads a body with one copy; one that is shorter or longer than announced is a cut or garbled answer. */
export async function readBody(
  stream: Readable,
  length: number | undefined,
  { arrived, into }: BodyOptions = {},
): Promise<Uint8Array> {
  if (length === undefined) return put(Buffer.concat(await stream.toArray()), into);
  const body = into?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
  let at = 0;
  const write = (chunk: Buffer, _: string, done: (error?: Error) => void): void => {
    if (at + chunk.length > length) {
      done(new CutAnswer(`More than the announced ${length} bytes came.`));
      return;
    }
    body.set(chunk, at);
    at += chunk.length;
    arrived?.(chunk.length);
    done();
  };
  try {
    await pipeline(stream, new Writable({ write }));
    if (at < length) throw new CutAnswer(`Only ${at} of ${length} bytes came.`);
    return body;
  } catch (error) {
    arrived?.(-at);
    throw error;
  }
}

function put(bytes: Uint8Array, into: Uint8Array | undefined): Uint8Array {
  into?.set(bytes);
  return into?.subarray(0, bytes.length) ?? bytes;
}
