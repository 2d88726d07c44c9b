import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Home, node } from '../support/home.ts';
import { sourceHome, withMnist, write } from './support.ts';

let home: Home;
const open: Client[] = [];

/** An assistant that started `forebay mcp` over standard input and output. */
async function assistant(...args: string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const env = Object.fromEntries(Object.entries(home.env).filter(([, value]) => value !== undefined));
  await client.connect(
    new StdioClientTransport({
      command: node,
      args: [home.program, 'mcp', ...args],
      env: env as Record<string, string>,
      cwd: home.folder,
    }),
  );
  open.push(client);
  return client;
}

interface Answer {
  isError?: boolean;
  structuredContent?: never;
  content: { type: string; text?: string; mimeType?: string; data?: string }[];
}

async function call<T>(client: Client, name: string, args: object = {}): Promise<T> {
  const answer = (await client.callTool({ name, arguments: { ...args } })) as unknown as Answer;
  if (answer.isError) throw new Error(answer.content[0]?.text);
  expect(JSON.parse(answer.content[0]?.text ?? '')).toEqual(answer.structuredContent);
  return answer.structuredContent as T;
}

async function refused(client: Client, name: string, args: object = {}): Promise<string> {
  const answer = (await client.callTool({ name, arguments: { ...args } })) as unknown as Answer;
  expect(answer.isError).toBe(true);
  const text = answer.content[0]?.text ?? '';
  expect(text).toMatch(/^\S.*[.)]$/);
  expect(text).not.toMatch(/undefined|\[object|\n|ZodError|"code"/);
  return text;
}

const writes = [
  'cache_version',
  'pin_version',
  'unpin_version',
  'clear_version',
  'mount_version',
  'unmount_version',
  'cancel_job',
];

beforeAll(async () => {
  home = await sourceHome();
  const folder = await withMnist(home);
  await write(folder, {
    'README.md': '# Digits\nWritten by hand.\n',
    'names.txt': 'Zoë, 李, 🙂',
    'a.txt': 'AB',
    'train/2.png': Buffer.from('iVBORw0KGgo=', 'base64'),
  });
  await home.json('-C', folder, 'data', 'sync', '-m', 'second');
  await home.json('data', 'describe', 'mnist', '-m', 'Digits of NIST', '--label', 'vision');
  for (const lr of ['0.1', '0.2']) {
    const args = ['--experiment', 'lungs', '--data', 'mnist@v1', '--param', `lr=${lr}`];
    expect((await home.run('run', '--name', `lr-${lr}`, ...args, '--', 'echo', `at ${lr}`)).code).toBe(0);
  }
  await home.json('cache', 'rm', 'mnist@v1');
  // An assistant starts the daemon itself.
  await home.run('down');
});

afterAll(async () => {
  for (const client of open) await client.close();
  await home.remove();
});

describe('an assistant that may only read', () => {
  let client: Client;
  beforeAll(async () => {
    client = await assistant();
  });

  test('is told what each tool takes, gives and does', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(cache|mount|clear|pin|cancel)_/)]),
    );
    for (const { name, title, description, annotations, inputSchema, outputSchema } of tools) {
      expect([name, title, description?.length], name).toEqual([
        name,
        expect.any(String),
        expect.any(Number),
      ]);
      expect(annotations, name).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(inputSchema.type, name).toBe('object');
      expect(outputSchema?.type, name).toBe('object');
    }
    expect(client.getInstructions()).toContain('--allow-writes');
  });

  test('finds a dataset, says what it is and what its versions hold', async () => {
    const list = await call<{ items: { name: string }[]; total: number }>(client, 'list_datasets', {
      search: 'NIST',
    });
    expect([list.total, list.items[0]?.name]).toEqual([1, 'mnist']);
    expect(await call(client, 'list_datasets', { label: 'audio' })).toEqual({ items: [], total: 0 });
    expect(await call(client, 'describe_dataset', { dataset: 'mnist' })).toMatchObject({
      dataset: { description: 'Digits of NIST', labels: ['vision'], latest: { version: 2, files: 6 } },
      versions: [{ version: 2, message: 'second', added: 3, changed: 1 }, { version: 1 }],
      readme: '# Digits\nWritten by hand.\n',
    });
    expect(await call(client, 'describe_version', { ref: 'mnist@v1' })).toMatchObject({
      version: { version: 1, files: 3 },
      statistics: { complete: true, counts: { files: 3 } },
      cached: [],
      readme: null,
    });
  });

  test('lists files a page at a time and reads text and pictures', async () => {
    const first = await call<{ items: { path: string }[]; next: string }>(client, 'list_files', {
      ...{ ref: 'mnist@v1', recursive: true, limit: 2 },
    });
    const rest = await call<typeof first>(client, 'list_files', {
      ...{ ref: 'mnist@v1', recursive: true, limit: 2, cursor: first.next },
    });
    expect([...first.items, ...rest.items].map(({ path }) => path)).toEqual([
      'a.txt',
      'train/0.png',
      'train/1.png',
    ]);
    const readme = { ref: 'mnist', path: 'README.md' };
    expect(await call(client, 'read_file', { ...readme, bytes: 8 })).toMatchObject({
      text: '# Digits',
      next: 8,
    });
    expect(await call(client, 'read_file', { ...readme, start: 9 })).toMatchObject({
      ...{ text: 'Written by hand.\n', next: null, kind: 'text' },
    });
    // Within 'ë', which is 2 bytes at 2, and within the last one, which is 4.
    const names = { ref: 'mnist', path: 'names.txt' };
    expect(await call(client, 'read_file', { ...names, start: 3, bytes: 4 })).toMatchObject({
      ...{ text: 'ë, ', kind: 'text', next: 6 },
    });
    expect(await call(client, 'read_file', { ...names, start: 13 })).toMatchObject({
      text: '🙂',
      next: null,
    });
    const picture = (await client.callTool({
      name: 'read_file',
      arguments: { ref: 'mnist', path: 'train/2.png' },
    })) as unknown as Answer;
    expect(picture.content[1]).toEqual({ type: 'image', mimeType: 'image/png', data: 'iVBORw0KGgo=' });
  });

  test('compares versions', async () => {
    expect(await call(client, 'diff_versions', { dataset: 'mnist', from: 'v1' })).toMatchObject({
      summary: { ready: true, counts: { added: 3, changed: 1, removed: 0, moved: 0 } },
      total: 4,
      items: [
        { path: 'README.md', is: 'added' },
        { path: 'a.txt', is: 'changed' },
        { path: 'names.txt' },
        { path: 'train/2.png' },
      ],
    });
  });

  test('says where a version is cached and what a fill would take', async () => {
    expect(await call(client, 'where_cached', { ref: 'mnist' })).toMatchObject({
      placements: [],
      candidates: [{ cache: 'local', fit: 'room', missingBytes: expect.any(Number) }],
    });
    expect(await call(client, 'list_caches')).toMatchObject({ caches: [{ name: 'local' }] });
    expect(await call(client, 'list_jobs')).toEqual({ items: [] });
  });

  test('searches runs, reads one and compares', async () => {
    const found = await call<{ items: { name: string }[] }>(client, 'list_runs', {
      filter: "params.lr = '0.2'",
    });
    expect(found.items.map(({ name }) => name)).toEqual(['lr-0.2']);
    expect(await call(client, 'get_run', { run: 'lr-0.1' })).toMatchObject({
      run: { params: { lr: '0.1' }, datasets: [{ name: 'mnist', version: 1 }], state: 'finished' },
    });
    expect(await call(client, 'run_output', { run: 'lr-0.1' })).toMatchObject({ text: 'at 0.1\n' });
    expect(await call(client, 'run_output', { run: 'lr-0.1', from: -4 })).toMatchObject({ text: '0.1\n' });
    expect(await call(client, 'compare_runs', { runs: ['lr-0.1', 'lr-0.2'] })).toMatchObject({
      rows: expect.arrayContaining([{ what: 'param lr', values: ['0.1', '0.2'], differs: true }]),
    });
    const lineage = await call<{ nodes: { kind: string; name: string }[] }>(client, 'lineage', {
      of: 'mnist@v1',
    });
    expect(lineage.nodes.map(({ name }) => name).sort()).toEqual(['lr-0.1', 'lr-0.2', 'mnist']);
  });

  test('is answered with a sentence that says what to do', async () => {
    expect(await refused(client, 'describe_version', { ref: 'mnist@v9' })).toMatch(/v9.*v2/);
    expect(await refused(client, 'describe_version', { ref: 'No Name' })).toContain(
      "can't be a dataset's name",
    );
    expect(await refused(client, 'describe_version')).toBe(
      "describe_version can't take this: ref is missing.",
    );
    expect(await refused(client, 'list_files', { ref: 'mnist', limit: 5000, colour: 1 })).toMatch(
      /limit: .*1000.*no colour/,
    );
    expect(await refused(client, 'list_runs', { filter: 'nonsense' })).toMatch(/filter|nonsense/i);
    expect(await refused(client, 'get_run', { run: 'nobody' })).toContain("no run 'nobody'");
    expect(await refused(client, 'read_file', { ref: 'mnist', path: 'train' })).toContain('is a folder');
    expect(await refused(client, 'read_file', { ref: 'mnist', path: 'gone.txt' })).toContain('gone.txt');
    expect(await refused(client, 'no_such_tool')).toContain('no_such_tool');
    for (const name of writes) expect(await refused(client, name, { ref: 'mnist' })).toContain('allow');
  });

  test('goes on after the daemon ended', async () => {
    await home.run('down');
    expect(await call(client, 'list_datasets')).toMatchObject({ total: 1 });
  });
});

describe('an assistant that may write', () => {
  let client: Client;
  beforeAll(async () => {
    client = await assistant('--allow-writes');
  });

  test('knows which tools change caches, and which take something away', async () => {
    const { tools } = await client.listTools();
    const hints = new Map(tools.map(({ name, annotations }) => [name, annotations]));
    for (const name of writes) expect(hints.get(name)?.readOnlyHint, name).toBe(false);
    const destructive = tools.filter(({ annotations }) => annotations?.destructiveHint);
    expect(destructive.map(({ name }) => name).sort()).toEqual(['cancel_job', 'clear_version']);
  });

  test('caches, pins, mounts, lets go and clears', async () => {
    const one = { ref: 'mnist@v1' };
    expect(await call(client, 'cache_version', { ...one, wait: true })).toMatchObject({
      placement: { state: 'ready', cache: 'local', path: expect.stringContaining('mnist') },
    });
    expect(await call(client, 'pin_version', one)).toMatchObject({ placements: [{ pinned: true }] });
    expect(await refused(client, 'clear_version', one)).toMatch(/pinned/);
    expect(await call(client, 'unpin_version', one)).toMatchObject({ placements: [{ pinned: false }] });
    const mounted = await call<{ path: string }>(client, 'mount_version', one);
    expect(mounted).toMatchObject({
      version: 'mnist@v1',
      code: expect.stringContaining('forebay.mount("mnist@v1")'),
    });
    expect(await refused(client, 'clear_version', one)).toMatch(/use|mount/);
    expect(await call(client, 'unmount_version', one)).toEqual({ released: 1 });
    expect(await call(client, 'clear_version', one)).toMatchObject({ jobs: [{ state: 'done' }] });
    expect(await refused(client, 'pin_version', one)).toContain("isn't on any cache");
  });

  test('clears a version from every cache or from one, and says what went where one refuses', async () => {
    const one = { ref: 'mnist@v1' };
    await home.json('cache-store', 'attach', 'near', home.path('near'), '--capacity', '1GB');
    const cached = async () => {
      for (const cache of ['local', 'near'])
        await call(client, 'cache_version', { ...one, cache, wait: true });
    };
    const places = async () => {
      const { placements } = await call<{ placements: { cache: string }[] }>(client, 'where_cached', one);
      return placements.map(({ cache }) => cache).sort();
    };
    await cached();
    expect(await call(client, 'clear_version', one)).toMatchObject({
      jobs: [{ state: 'done' }, { state: 'done' }],
    });
    expect(await places()).toEqual([]);
    await cached();
    expect(await call(client, 'clear_version', { ...one, cache: 'near' })).toMatchObject({
      jobs: [{ state: 'done' }],
    });
    expect(await places()).toEqual(['local']);
    await cached();
    await call(client, 'pin_version', { ...one, cache: 'local' });
    expect(await refused(client, 'clear_version', one)).toMatch(/pinned.*It is being cleared from near\./);
    await expect.poll(places).toEqual(['local']);
    await call(client, 'unpin_version', one);
    await call(client, 'clear_version', one);
    await home.json('cache-store', 'rm', 'near');
  });

  test('holds what it mounted only as long as it runs', async () => {
    const other = await assistant('--allow-writes');
    await call(other, 'mount_version', { ref: 'mnist@v2' });
    await other.close();
    await expect
      .poll(() => home.run('cache', 'rm', 'mnist@v2').then(({ code }) => code), {
        interval: 1000,
        timeout: 60_000,
      })
      .toBe(0);
  });

  test('cancels the fill whose answer it no longer wants', async () => {
    const big = await write(
      home.path('big'),
      Object.fromEntries(
        Array.from({ length: 4000 }, (_, i) => [`${i % 40}/${i}.txt`, `file ${i}\n`.repeat(400)]),
      ),
    );
    await home.json('-C', big, 'data', 'init', 'big');
    await home.json('-C', big, 'data', 'sync');
    const stop = new AbortController();
    const progress: string[] = [];
    const waiting = client.callTool(
      { name: 'cache_version', arguments: { ref: 'big', wait: true } },
      undefined,
      {
        signal: stop.signal,
        onprogress: ({ message }) => {
          progress.push(message ?? '');
          stop.abort();
        },
      },
    );
    await expect(waiting).rejects.toThrow();
    expect(progress[0]).toContain('Filling big@v1');
    await expect
      .poll(
        async () =>
          (
            await call<{ items: { state: string; kind: string }[] }>(client, 'list_jobs', { ended: true })
          ).items.find(({ kind, state }) => kind === 'fill' && state !== 'done')?.state,
      )
      .toBe('cancelled');
    expect(await call(client, 'where_cached', { ref: 'big' })).toMatchObject({ placements: [] });
  });
});
