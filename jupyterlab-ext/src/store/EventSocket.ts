import { URLExt } from '@jupyterlab/coreutils';
import type { Event, ServerConnection } from '@jupyterlab/services';

export interface EventListener {
  onEmission: (emission: Event.Emission) => void;
  onConnection: (connected: boolean) => void;
}

/** Milliseconds between two attempts. */
const shortestPause = 250;
const longestPause = 5000;

/**
 * What the Jupyter server's event bus says, on a socket of its own: JupyterLab's doesn't tell when it is lost, and what
 * is said meanwhile is heard by nobody.
 */
export class EventSocket {
  readonly #settings: ServerConnection.ISettings;
  readonly #listeners = new Set<EventListener>();
  #pause = shortestPause;

  constructor(settings: ServerConnection.ISettings) {
    this.#settings = settings;
  }

  /** Connects, and again as often as the connection is lost, for as long as the page lives. */
  async start(): Promise<never> {
    for (;;) {
      await this.#connection();
      for (const { onConnection } of this.#listeners) onConnection(false);
      await pause(this.#pause);
      this.#pause = Math.min(this.#pause * 2, longestPause);
      await seen();
    }
  }

  /** Until it is called, what is returned. */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves once it has ended. */
  #connection(): Promise<void> {
    const { WebSocket, wsUrl, appendToken, token } = this.#settings;
    const address = URLExt.join(wsUrl, 'api/events/subscribe');
    const login = appendToken && token !== '' ? `?token=${encodeURIComponent(token)}` : '';
    const socket = new WebSocket(`${address}${login}`);
    socket.onopen = () => {
      this.#pause = shortestPause;
      for (const { onConnection } of this.#listeners) onConnection(true);
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      if (data === '') return;
      const emission = JSON.parse(data) as Event.Emission;
      for (const { onEmission } of this.#listeners) onEmission(emission);
    };
    return new Promise((resolve) => {
      socket.onclose = () => resolve();
    });
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A window that nobody looks at asks nothing of a server that may be gone for good. */
function seen(): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true });
  });
}
