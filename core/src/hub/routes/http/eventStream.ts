import { z } from '@hono/zod-openapi';

/** A comment this often shows both sides that the other is there, and keeps proxies from closing. */
const heartbeat = 15_000;

export const streamed = (description: string) => ({
  description,
  content: { 'text/event-stream': { schema: z.string() } },
});

/**
 * Server-sent events (HTML Living Standard, 9.2) until the client leaves.
 * `open` is given the way to send, and returns what to do when the client has left.
 */
export function eventStream(open: (send: (text: string) => void) => () => void): Response {
  let close = () => {};
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      send(': open\n\n');
      const timer = setInterval(() => send(': here\n\n'), heartbeat);
      const leave = open(send);
      close = () => {
        clearInterval(timer);
        leave();
      };
    },
    cancel() {
      close();
    },
  });
  return new Response(stream, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
  });
}
