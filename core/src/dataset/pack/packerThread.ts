import { parentPort } from 'node:worker_threads';
import type { FromPacker, PackerData, ToPacker } from './messages.ts';
import { Packer } from './packer.ts';

/** The `packer` thread: takes batches one after another until it is ended from outside. */
export async function runPackerThread(data: PackerData): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('A packer runs in a thread of its own.');
  const waiting: ((buffer: SharedArrayBuffer) => void)[] = [];
  const packer = new Packer(data, {
    send: (message: FromPacker) => port.postMessage(message),
    buffer: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port.postMessage({ type: 'want-buffer' } satisfies FromPacker);
      }),
  });
  port.on('message', (message: ToPacker) => {
    if (message.type === 'buffer') waiting.shift()?.(message.buffer);
    else
      packer.pack(message.files, message.large).catch((error: unknown) => {
        throw error;
      });
  });
}
