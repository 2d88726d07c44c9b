import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Link, startLink } from './link.ts';
import { Lane, type LinkSpec, parseLink } from './shape.ts';

describe('a lane', () => {
  test('lets one after the other through, then all travel as long', () => {
    const lane = new Lane({ bytesPerSecond: 1_000_000, delay: 10 });
    expect(lane.arrival(5000, 100)).toBe(115);
    expect(lane.arrival(5000, 100)).toBe(120);
    expect(lane.arrival(1000, 500)).toBe(511);
  });
});

test('a link is written as people write it', () => {
  expect(parseLink('20ms,1Gbit')).toEqual({ roundTrip: 20, bitsPerSecond: 1e9 });
  expect(parseLink('0.5ms,200Mbit')).toEqual({ roundTrip: 0.5, bitsPerSecond: 2e8 });
  expect(parseLink('0ms,unlimited')).toEqual({ roundTrip: 0, bitsPerSecond: Number.POSITIVE_INFINITY });
  expect(() => parseLink('1Gbit')).toThrow('20ms,1Gbit');
});

describe('a link', () => {
  let server: Server;
  let link: Link | undefined;

  beforeEach(async () => {
    // Answers with as many bytes as it was told to, and counts what it got.
    server = createServer({ allowHalfOpen: true }, (socket) => {
      let got = 0;
      socket.on('data', (chunk) => {
        got += chunk.length;
      });
      socket.on('error', () => {});
      socket.on('end', () => socket.end(Buffer.alloc(got)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await link?.stop();
    server.close();
  });

  /** Sends `bytes` and waits until as many came back; seconds. */
  async function exchange(spec: LinkSpec, bytes: number, connections = 1): Promise<number> {
    link = await startLink(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, spec);
    const port = Number(new URL(link.endpoint).port);
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: connections }, async () => {
        const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        socket.end(Buffer.alloc(bytes / connections));
        let back = 0;
        for await (const chunk of socket) back += chunk.length;
        expect(back).toBe(bytes / connections);
      }),
    );
    return (performance.now() - begun) / 1000;
  }

  test('takes a handshake and a way there and back', async () => {
    const seconds = await exchange({ roundTrip: 200, bitsPerSecond: 1e9 }, 1000);
    expect(seconds).toBeGreaterThan(0.399);
    expect(seconds).toBeLessThan(0.6);
  });

  test('holds to its rate, there and back', async () => {
    const seconds = await exchange({ roundTrip: 20, bitsPerSecond: 2e8 }, 12_000_000);
    // 12 MB there at 25 MB/s, and 12 MB back.
    expect(seconds).toBeGreaterThan(0.96);
    expect(seconds).toBeLessThan(1.5);
  });

  test('has one rate for all connections together', async () => {
    const seconds = await exchange({ roundTrip: 20, bitsPerSecond: 2e8 }, 12_000_000, 8);
    // Both ways carry at once: what came early goes back meanwhile.
    expect(seconds).toBeGreaterThan(0.48);
    expect(seconds).toBeLessThan(1.5);
  });

  test('itself is quicker than what it is to stand for', async () => {
    const seconds = await exchange({ roundTrip: 0, bitsPerSecond: Number.POSITIVE_INFINITY }, 100_000_000);
    // 1 Gb/s would take 0.8 s each way.
    expect(seconds).toBeLessThan(1.2);
  });
});
