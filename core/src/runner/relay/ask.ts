import { type Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';

export interface Asked {
  method: string;
  path: string;
  headers: OutgoingHttpHeaders;
}

export interface Answer {
  status: number;
  type: string | undefined;
  body: Buffer;
}

/** Sends a request whose body `send` writes; what answers. Throws the system's error where nobody does. */
export function askStream(
  url: string,
  agent: Agent,
  { method, path, headers }: Asked,
  send: (to: NodeJS.WritableStream) => void,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { agent, method, headers });
    sent.on('response', resolve);
    sent.on('error', reject);
    send(sent);
  });
}

/** One small request and its whole answer. */
export async function ask(url: string, agent: Agent, asked: Asked, body: Uint8Array): Promise<Answer> {
  const headers = { ...asked.headers, 'content-length': body.length };
  const answer = await askStream(url, agent, { ...asked, headers }, (to) => to.end(body));
  return {
    status: answer.statusCode ?? 0,
    type: answer.headers['content-type'],
    body: await readAll(answer),
  };
}

export async function readAll(from: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of from) pieces.push(piece);
  return Buffer.concat(pieces);
}
