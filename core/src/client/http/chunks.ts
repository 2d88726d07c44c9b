/**
 * The bytes of a streamed answer, whichever kind of stream the platform made of it: Node's (async iterable)
 * or a browser's ReadableStream (which not every browser can iterate).
 */
export async function* readChunks(stream: object): AsyncGenerator<Uint8Array> {
  if (Symbol.asyncIterator in stream) {
    yield* stream as AsyncIterable<Uint8Array>;
    return;
  }
  const reader = (stream as ReadableStream<Uint8Array>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
