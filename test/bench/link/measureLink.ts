import { type AddressInfo, connect, createServer } from 'node:net';
import { startLink } from './link.ts';

const bytes = 500_000_000;

/** What a link that holds nothing back passes, in bits a second: the most that its process itself allows. */
export async function measureLink(): Promise<number> {
  const source = createServer((socket) => {
    socket.on('error', () => {});
    const chunk = Buffer.alloc(1 << 16);
    let left = bytes;
    const send = () => {
      while (left > 0) {
        left -= chunk.length;
        if (!socket.write(chunk)) return;
      }
      socket.end();
    };
    socket.on('drain', send);
    send();
  });
  await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
  const target = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
  const link = await startLink(target, { roundTrip: 0, bitsPerSecond: Number.POSITIVE_INFINITY });
  try {
    const begun = performance.now();
    let got = 0;
    for await (const chunk of connect(Number(new URL(link.endpoint).port), '127.0.0.1')) got += chunk.length;
    return (got * 8 * 1000) / (performance.now() - begun);
  } finally {
    await link.stop();
    source.close();
  }
}
