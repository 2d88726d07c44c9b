import { once } from 'node:events';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createServer, type ServerOptions } from './server.ts';

/** Answers on standard input and output until the caller closes them or `signal` is aborted. */
export async function serveOverStdio(
  options: ServerOptions & { stdin: NodeJS.ReadStream; stdout: NodeJS.WriteStream; signal: AbortSignal },
): Promise<void> {
  const { stdin, stdout, signal, ...rest } = options;
  const server = createServer(rest);
  const end = new AbortController();
  stdin.once('close', () => end.abort());
  stdin.once('end', () => end.abort());
  server.onclose = () => end.abort();
  await server.connect(new StdioServerTransport(stdin, stdout));
  const any = AbortSignal.any([signal, end.signal]);
  if (!any.aborted) await once(any, 'abort');
  await server.close();
}
