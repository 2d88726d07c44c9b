import http from 'node:http';

export interface SocketAnswer {
  status: number;
  body: string;
}

/** One small request over a Unix socket, for what comes before a client: no proxy, no connection kept. */
export function requestOverSocket(
  socketPath: string,
  request: { method: string; path: string; body?: unknown; timeout: number },
): Promise<SocketAnswer> {
  return new Promise((resolve, reject) => {
    const sent = http.request(
      {
        socketPath,
        method: request.method,
        path: request.path,
        agent: false,
        headers: { host: 'localhost', 'content-type': 'application/json' },
        timeout: request.timeout,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end(request.body === undefined ? undefined : JSON.stringify(request.body));
  });
}
