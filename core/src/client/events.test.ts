import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChangeEvent } from '../api/schemas.ts';
import { readEvents } from './events.ts';

const event = (id: number): ChangeEvent => ({ id, kind: 'dataset', subject: `näme-${id}` });
const written = (each: ChangeEvent) => `id: ${each.id}\nevent: change\ndata: ${JSON.stringify(each)}\n\n`;

async function* cut(text: string, at: number[]): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const cuts = [...new Set(at.map((each) => each % (bytes.length + 1)))].sort((a, b) => a - b);
  for (const [start, end] of [0, ...cuts].map((each, i) => [each, cuts[i] ?? bytes.length]))
    yield bytes.slice(start, end);
}

async function read(stream: object): Promise<ChangeEvent[]> {
  const events: ChangeEvent[] = [];
  await readEvents(stream, (each) => events.push(each));
  return events;
}

test('events arrive whole and in order wherever the network cuts their bytes', async () => {
  const sent = [event(1), event(2), event(3)];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(400), { maxLength: 12 }), async (cuts) => {
      expect(await read(cut(sent.map(written).join(''), cuts))).toEqual(sent);
    }),
  );
});

test('comments, other lines and half an event at the end are passed over', async () => {
  const text = `: still here\n\ndata: not json\n\nretry: 5\n\n${written(event(7))}id: 8\ndata: {"id":8`;
  expect(await read(cut(text, []))).toEqual([event(7)]);
});

test("a browser's stream is read as Node's is", async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  void writer.write(new TextEncoder().encode(written(event(9)))).then(() => writer.close());
  const plain = { getReader: () => readable.getReader() };
  expect(await read(plain)).toEqual([event(9)]);
});
