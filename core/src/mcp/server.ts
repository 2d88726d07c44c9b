import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  type Tool as ListedTool,
  ListToolsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { ForebayError } from '../api/errors.ts';
import type { Job } from '../api/schemas.ts';
import { programVersion } from '../api/version.ts';
import type { Client } from '../client/index.ts';
import { inputProblem } from './inputProblem.ts';
import { progressOf } from './progress.ts';
import type { Tool } from './tool.ts';
import { readingTools, writingTools } from './tools/index.ts';

export interface ServerOptions {
  /** The daemon's client; starts the daemon if need be. */
  connect: () => Promise<Client>;
  /** Whether what a call failed of has been put right, so that it may be tried once more. */
  recover: (error: ForebayError) => Promise<boolean>;
  allowWrites: boolean;
}

const readOnly =
  'It only reads here: caching, mounting, pinning and clearing are off. ' +
  "Whoever runs it can allow them: 'forebay mcp --allow-writes', or forebay.mcp.allowWrites in VS Code.";
const introduction = (allowWrites: boolean) =>
  'Forebay keeps datasets as immutable versions in a lake and whole versions in caches next to the compute. ' +
  'A reference names a version: NAME@v3, NAME@latest or NAME@TAG. Sizes are bytes, times UTC. ' +
  'Training code opens a version with forebay.mount("NAME@v3") in Python. ' +
  (allowWrites ? '' : readOnly);

/** Datasets, caches and runs for assistants (https://modelcontextprotocol.io). */
export function createServer({ connect, recover, allowWrites }: ServerOptions): Server {
  const tools = [...readingTools, ...(allowWrites ? writingTools : [])];
  const server = new Server(
    { name: 'forebay', title: 'Forebay', version: programVersion },
    { capabilities: { tools: {} }, instructions: introduction(allowWrites) },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(listed) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, _meta, sendNotification }) => {
    const token = _meta?.progressToken;
    const progress = (job: Job) => {
      if (token === undefined || signal.aborted) return;
      const notification = { progressToken: token, ...progressOf(job) };
      void sendNotification({ method: 'notifications/progress', params: notification }).catch(() => {});
    };
    try {
      const tool = tools.find(({ name }) => name === params.name) ?? missing(params.name, allowWrites);
      const input = checked(tool, params.arguments ?? {});
      const run = async () => tool.run({ client: await connect(), signal, progress }, input as never);
      return result(await again(run, recover));
    } catch (thrown) {
      return failure(ForebayError.from(thrown));
    }
  });
  return server;
}

function listed({ name, title, description, input, output, effect }: Tool): ListedTool {
  return {
    ...{ name, title, description },
    inputSchema: z.toJSONSchema(input, { io: 'input' }) as ListedTool['inputSchema'],
    outputSchema: z.toJSONSchema(output, { io: 'input' }) as NonNullable<ListedTool['outputSchema']>,
    annotations: {
      title,
      readOnlyHint: effect === 'reads',
      destructiveHint: effect === 'removes',
      idempotentHint: true,
      openWorldHint: false,
    },
  };
}

function missing(name: string, allowWrites: boolean): never {
  const forbidden = !allowWrites && writingTools.some((tool) => tool.name === name);
  throw new ForebayError(
    'bad-request',
    forbidden ? `${name} isn't allowed here.` : `There is no tool ${name}.`,
    forbidden ? readOnly : "'tools/list' names all.",
  );
}

function checked(tool: Tool, given: object): object {
  const parsed = tool.input.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ForebayError('bad-request', inputProblem(tool.name, parsed.error));
}

async function again<T>(run: () => Promise<T>, recover: ServerOptions['recover']): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    const error = ForebayError.from(thrown);
    if (!(await recover(error))) throw error;
    return await run();
  }
}

function result({ answer, picture }: Awaited<ReturnType<Tool['run']>>): CallToolResult {
  const text = { type: 'text' as const, text: JSON.stringify(answer) };
  const image = picture && [{ type: 'image' as const, mimeType: picture.mimeType, data: picture.base64 }];
  return { content: [text, ...(image ?? [])], structuredContent: { ...answer } };
}

function failure({ message, hint }: ForebayError): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: [message, hint].filter(Boolean).join(' ') }] };
}
