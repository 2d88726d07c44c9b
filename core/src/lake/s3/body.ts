import type { Readable } from 'node:stream';
import { CutAnswer } from './failure.ts';

/** Reads a body with one copy; one that is shorter or longer than announced is a cut or garbled answer. */
export async function readBody(stream: Readable, length: number | undefined): Promise<Uint8Array> {
  if (length === undefined) return Buffer.concat(await stream.toArray());
  const body = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (at + chunk.length > length) throw new CutAnswer(`More than the announced ${length} bytes came.`);
    body.set(chunk, at);
    at += chunk.length;
  }
  if (at < length) throw new CutAnswer(`Only ${at} of ${length} bytes came.`);
  return body;
}
