import type { ChangeEvent } from '@forebay/core/api/schemas';
import type { Subscribe } from '@forebay/core/client';
import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { noAnswer, withProblem } from './answers.ts';
import type { EventSocket } from './EventSocket.ts';

const changeSchema = 'https://forebay.dev/events/change/v1';

type Transport = ConstructorParameters<typeof import('@forebay/core/client').Client>[0];

interface TransportOptions {
  /** For what nobody asks: a server on which nothing else happens counts as idle, and may be stopped. */
  inBackground?: boolean;
}

/** The daemon, reached through the Jupyter server: its address, its login, and its event bus. */
export function jupyterTransport(
  settings: ServerConnection.ISettings,
  events: EventSocket,
  { inBackground = false }: TransportOptions = {},
): Transport {
  return {
    settings: {
      baseURL: URLExt.join(settings.baseUrl, 'forebay'),
      adapter: 'fetch',
      env: { fetch: jupyterFetch(settings, inBackground) },
    },
    subscribe: subscribeTo(events),
  };
}

function jupyterFetch(settings: ServerConnection.ISettings, inBackground: boolean) {
  return async (input: URL | Request | string, init: RequestInit = {}): Promise<Response> => {
    const { url, body } = await plain(input, init);
    const address = inBackground ? uncounted(url) : url;
    try {
      return withProblem(await ServerConnection.makeRequest(address, body, settings));
    } catch (error) {
      if (error instanceof ServerConnection.NetworkError) return noAnswer();
      throw error;
    }
  };
}

/** Jupyter's own word for a request that is no sign of a person. */
function uncounted(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}no_track_activity=1`;
}

/** `makeRequest` takes an address and options; axios hands over a Request where the browser has it. */
async function plain(input: URL | Request | string, init: RequestInit) {
  if (!(input instanceof Request)) return { url: String(input), body: init };
  const { url, method, headers, signal } = input;
  const text = await input.text();
  return { url, body: { method, headers, signal, ...(text === '' ? {} : { body: text }) } };
}

/** What was said while nobody heard: anything may have changed. */
const reset: ChangeEvent = { id: 0, kind: 'reset', subject: '' };

function subscribeTo(events: EventSocket): Subscribe {
  return (onEvent, signal, { onConnection } = {}) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const leave = events.listen({
        onEmission: (emission) => {
          if (emission.schema_id === changeSchema) onEvent(emission as unknown as ChangeEvent);
        },
        onConnection: (connected) => {
          onConnection?.(connected);
          if (connected) onEvent(reset);
        },
      });
      const stop = () => {
        leave();
        resolve();
      };
      signal.addEventListener('abort', stop, { once: true });
    });
}
