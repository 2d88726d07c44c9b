import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Home, outcome } from '../support/home.ts';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';
import { sourceHome, write } from './support.ts';

let home: Home;
beforeEach(async () => {
  home = await sourceHome();
});
afterEach(() => home.remove());

async function json(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { code, stdout } = await outcome(home.spawn([...args, '--json'], { env }));
  return { code, ...JSON.parse(stdout) };
}

describe("a home's lake", () => {
  test('is FOREBAY_LAKE, taken from where the command works; another one is refused from then on', async () => {
    expect(await json(['data', 'ls'], { FOREBAY_LAKE: 'shelf' })).toMatchObject({ code: 0 });
    expect((await json(['status'])).lake.url).toBe(home.path('shelf'));
    const refused = await json(['data', 'ls'], { FOREBAY_LAKE: 'other' });
    expect(refused).toMatchObject({ code: 1, error: { code: 'lake-other' } });
    expect((await json(['up', '--lake', 'shelf'])).code).toBe(0);
  });

  test('chosen by --lake wins over FOREBAY_LAKE', async () => {
    const up = await json(['up', '--lake', home.path('chosen')], { FOREBAY_LAKE: 'ignored' });
    expect(up.lake.url).toBe(home.path('chosen'));
  });
});

describe('a lake in S3', () => {
  let seaweed: Seaweed;
  beforeAll(async () => {
    seaweed = await startSeaweed();
  });
  afterAll(() => seaweed.stop());

  test('is remembered with endpoint and region; the credentials are handed over by a command that has them', async () => {
    const url = `s3://${seaweed.bucket()}/lake`;
    const up = await json(['up', '--lake', url], seaweed.env);
    expect(up).toMatchObject({ code: 0, lake: { url, endpoint: seaweed.endpoint, region: seaweed.region } });
    const work = await write(home.path('work'), { 'a.txt': 'A' });
    await json(['-C', work, 'data', 'init', 't'], seaweed.env);
    expect(await json(['-C', work, 'data', 'sync'], seaweed.env)).toMatchObject({ code: 0, version: 1 });
    await home.run('down');

    const without = await json(['data', 'log', 't']);
    expect(without).toMatchObject({ code: 1, error: { code: 'lake-denied' } });
    const given = await outcome(home.spawn(['data', 'log', 't', '--json'], { env: seaweed.env }));
    expect([given.code, JSON.parse(given.stdout).length]).toEqual([0, 1]);
    expect((await json(['cache', 'add', 't'])).state).toBe('ready');
    expect(JSON.stringify(await json(['status']))).not.toContain(seaweed.credentials.secretAccessKey);
  });

  test('that refuses the credentials says so', async () => {
    const env = { ...seaweed.env, AWS_SECRET_ACCESS_KEY: 'wrong' };
    const refused = await json(['up', '--lake', `s3://${seaweed.bucket()}/lake`], env);
    expect(refused).toMatchObject({ code: 1, error: { code: 'lake-denied' } });
  });
});
