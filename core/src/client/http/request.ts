import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { toForebayError } from './failure.ts';
import type { Transport } from './transport.ts';

/** Sends one request; whatever goes wrong comes out as a ForebayError. */
export class Requester {
  readonly #axios: AxiosInstance;

  constructor(transport: Transport) {
    this.#axios = axios.create({
      maxBodyLength: Number.POSITIVE_INFINITY,
      // A list is its name again and again, as the hub reads it.
      paramsSerializer: { indexes: null },
      ...transport.settings,
    });
  }

  get<T>(path: string, params?: Params, signal?: AbortSignal): Promise<T> {
    return this.send<T>({ method: 'get', url: path, params: params ?? {}, ...withSignal(signal) });
  }

  post<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    return this.send<T>({ method: 'post', url: path, data: body ?? {}, ...withSignal(signal) });
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>({ method: 'put', url: path, data: body });
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>({ method: 'patch', url: path, data: body });
  }

  delete<T>(path: string): Promise<T> {
    return this.send<T>({ method: 'delete', url: path });
  }

  async send<T>(request: AxiosRequestConfig): Promise<T> {
    try {
      return (await this.#axios.request<T>(request)).data;
    } catch (thrown) {
      throw await toForebayError(thrown);
    }
  }
}

export type Params = Record<string, string | number | boolean | readonly string[] | undefined>;

export function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
