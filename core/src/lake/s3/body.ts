import type { Readable } from 'node:stream';
import { CutAnswer } from './failure.ts';

/**
 * Reads a body with one copy; one that is shorter or longer than announced is a cut or garbled answer.
 * `arrived` is told of every piece, and of all of it again, negative, when it is of no use.
 */
export async function readBody(
  stream: Readable,
  length: number | undefined,
  arrived: (bytes: number) => void = () => {},
): Promise<Uint8Array> {
  if (length === undefined) return Buffer.concat(await stream.toArray());
  const body = Buffer.allocUnsafeSlow(length);
  let at = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (at + chunk.length > length) throw new CutAnswer(`More than the announced ${length} bytes came.`);
      body.set(chunk, at);
      at += chunk.length;
      arrived(chunk.length);
    }
    if (at < length) throw new CutAnswer(`Only ${at} of ${length} bytes came.`);
    return body;
  } catch (error) {
    arrived(-at);
    throw error;
  }
}
