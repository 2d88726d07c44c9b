import http from 'node:http';
import type { AxiosRequestConfig } from 'axios';

/**
 * A client's transport over the daemon's socket. Proxies of the environment are bypassed: axios would send them
 * loopback requests, tokens included. Connections aren't kept, since the daemon may be replaced under its clients.
 */
export function unixTransport(socketPath: string): { settings: AxiosRequestConfig } {
  return {
    settings: {
      adapter: 'http',
      baseURL: 'http://localhost',
      socketPath,
      proxy: false,
      maxRedirects: 0,
      httpAgent: new http.Agent({ keepAlive: false }),
    },
  };
}
