import type { AxiosRequestConfig } from 'axios';
import type { ChangeEvent } from '../../api/schemas.ts';

/**
 * How requests reach the daemon; made outside, since the client itself runs in browsers too.
 * In Node: `unixTransport(socketPath)` of `@forebay/core/launch`. In JupyterLab: axios's fetch adapter over
 * `ServerConnection.makeRequest`, and `subscribe` over the channel that the page has already.
 */
export interface Transport {
  settings: AxiosRequestConfig;
  /**
   * Another way to hear of changes than the event stream: calls back until `signal` is aborted, then resolves.
   * A browser, where six open streams stall a page, brings its own.
   */
  subscribe?: Subscribe;
  /** Starts the daemon again when it is away while a job is followed: fills go on under the same job. */
  revive?: () => Promise<unknown>;
}

export type Subscribe = (
  onEvent: (event: ChangeEvent) => void,
  signal: AbortSignal,
  options?: SubscribeOptions,
) => Promise<void>;

export interface SubscribeOptions {
  /** Told when the connection stands (true) and when it is lost (false). */
  onConnection?: (connected: boolean) => void;
  /** Resume after this event's id. */
  lastEventId?: number;
}
