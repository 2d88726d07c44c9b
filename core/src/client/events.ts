import { createParser } from 'eventsource-parser';
import type { ChangeEvent } from '../api/schemas.ts';
import { readChunks } from './http/chunks.ts';
import { type Requester, withSignal } from './http/request.ts';
import type { Subscribe, SubscribeOptions } from './http/transport.ts';
import { wait } from './http/wait.ts';

const shortestPause = 100;
const longestPause = 5000;

/** What changed, as it changes. Each event is a hint: read its subject again. */
export class EventsClient {
  readonly #requests: Requester;
  readonly #subscribe: Subscribe | undefined;

  constructor(requests: Requester, subscribe?: Subscribe) {
    this.#requests = requests;
    this.#subscribe = subscribe;
  }

  /** Calls back until `signal` is aborted, connecting again whenever the connection is lost; then resolves. */
  subscribe(
    onEvent: (event: ChangeEvent) => void,
    signal: AbortSignal,
    options: SubscribeOptions = {},
  ): Promise<void> {
    return (this.#subscribe ?? this.#follow.bind(this))(onEvent, signal, options);
  }

  async #follow(onEvent: (event: ChangeEvent) => void, signal: AbortSignal, options: SubscribeOptions) {
    let lastEventId = options.lastEventId;
    let pause = shortestPause;
    while (!signal.aborted) {
      try {
        const stream = await this.#open(lastEventId, signal);
        pause = shortestPause;
        options.onConnection?.(true);
        await readEvents(stream, (event) => {
          lastEventId = event.id;
          if (!signal.aborted) onEvent(event);
        });
      } catch {
        pause = Math.min(pause * 2, longestPause);
      }
      if (signal.aborted) return;
      options.onConnection?.(false);
      await wait(pause, signal);
    }
  }

  #open(lastEventId: number | undefined, signal: AbortSignal): Promise<object> {
    return this.#requests.send<object>({
      method: 'get',
      url: '/api/v1/events',
      responseType: 'stream',
      headers: {
        Accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'Last-Event-ID': String(lastEventId) }),
      },
      ...withSignal(signal),
    });
  }
}

/** Parses a stream of server-sent events (HTML Living Standard, 9.2) until it ends. */
export async function readEvents(stream: object, onEvent: (event: ChangeEvent) => void): Promise<void> {
  const parser = createParser({
    onEvent: (message) => {
      const event = parseEvent(message.data);
      if (event) onEvent(event);
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of readChunks(stream)) parser.feed(decoder.decode(chunk, { stream: true }));
}

function parseEvent(data: string): ChangeEvent | undefined {
  try {
    const event = JSON.parse(data) as ChangeEvent;
    return typeof event.id === 'number' && typeof event.kind === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}
