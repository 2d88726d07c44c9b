/** The link, in a process of its own: `process.ts TARGET-PORT ROUND-TRIP-MS BITS-PER-SECOND`; prints its port. */
import { type AddressInfo, connect, createServer } from 'node:net';
import { relay } from './relay.ts';
import { Lane } from './shape.ts';

const [target, roundTrip, bitsPerSecond] = process.argv.slice(2).map(Number) as [number, number, number];
const shape = { bytesPerSecond: bitsPerSecond / 8, delay: roundTrip / 2 };
const [up, down] = [new Lane(shape), new Lane(shape)];

const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
  const upstream = connect({ port: target, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  const open = performance.now() + roundTrip;
  for (const [socket, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    // A side that breaks off ends the other; that is all there is to know.
    socket.on('error', () => other.destroy());
  }
  void relay(client, upstream, up, open).catch(() => {});
  void relay(upstream, client, down, open).catch(() => {});
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
