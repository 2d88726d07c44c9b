import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Lane } from './shape.ts';

/**
 * Bytes of one connection that may be under way: as much as TCP's window grows to by itself, and well above what fits
 * into 1 Gb/s and 20 ms (2.5 MB).
 */
const window = 4 * 2 ** 20;

/**
 * Passes bytes on from one socket to another when the lane lets them arrive. `open` is when the first may set out,
 * after the handshake that the client didn't have to wait for here.
 */
export async function relay(from: Socket, to: Socket, lane: Lane, open: number): Promise<void> {
  const waiting: { chunk: Buffer | null; at: number }[] = [];
  let underWay = 0;
  let wake = () => {};
  const arrive = (chunk: Buffer | null) => {
    const at = lane.arrival(chunk?.length ?? 0, Math.max(open, performance.now()));
    underWay += chunk?.length ?? 0;
    waiting.push({ chunk, at });
    if (underWay >= window) from.pause();
    wake();
  };
  from.on('data', arrive);
  from.on('end', () => arrive(null));
  for (;;) {
    const next = waiting.shift();
    if (!next) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    const wait = next.at - performance.now();
    // A timer is late by up to a millisecond: what is nearly due goes with it.
    if (wait > 0.5) await delay(wait);
    if (to.destroyed) return;
    if (!next.chunk) return void to.end();
    underWay -= next.chunk.length;
    if (underWay < window && from.isPaused()) from.resume();
    if (!to.write(next.chunk)) await writable(to);
  }
}

/** Until the socket takes more, or is gone. */
function writable(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}
