import type { ChangeEvent } from '@forebay/core/api/schemas';
import type { Subscribe } from '@forebay/core/client';
import { URLExt } from '@jupyterlab/coreutils';
import { type Event, ServerConnection } from '@jupyterlab/services';
import { noAnswer, withProblem } from './answers.ts';

const changeSchema = 'https://forebay.dev/events/change/v1';

type Transport = ConstructorParameters<typeof import('@forebay/core/client').Client>[0];

/** The daemon, reached through the Jupyter server: its address, its login, and the event socket that is open anyway. */
export function jupyterTransport(settings: ServerConnection.ISettings, events: Event.Stream): Transport {
  return {
    settings: {
      baseURL: URLExt.join(settings.baseUrl, 'forebay'),
      adapter: 'fetch',
      env: { fetch: jupyterFetch(settings) },
    },
    subscribe: subscribeTo(events),
  };
}

function jupyterFetch(settings: ServerConnection.ISettings) {
  return async (input: URL | Request | string, init: RequestInit = {}): Promise<Response> => {
    const { url, body } = await plain(input, init);
    try {
      return withProblem(await ServerConnection.makeRequest(url, body, settings));
    } catch (error) {
      if (error instanceof ServerConnection.NetworkError) return noAnswer();
      throw error;
    }
  };
}

/** `makeRequest` takes an address and options; axios hands over a Request where the browser has it. */
async function plain(input: URL | Request | string, init: RequestInit) {
  if (!(input instanceof Request)) return { url: String(input), body: init };
  const { url, method, headers, signal } = input;
  const text = await input.text();
  return { url, body: { method, headers, signal, ...(text === '' ? {} : { body: text }) } };
}

function subscribeTo(events: Event.Stream): Subscribe {
  return (onEvent, signal) =>
    new Promise((resolve) => {
      const hear = (_: unknown, emission: Event.Emission) => {
        if (emission.schema_id === changeSchema) onEvent(emission as unknown as ChangeEvent);
      };
      const stop = () => {
        events.disconnect(hear);
        resolve();
      };
      if (signal.aborted) return resolve();
      events.connect(hear);
      signal.addEventListener('abort', stop, { once: true });
    });
}
