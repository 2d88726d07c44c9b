import { describe, expect, test } from 'vitest';
import { main } from './main.ts';
import type { Session } from './session.ts';

/** A session whose output is kept; nothing that is tested here gets as far as a daemon. */
function session(): Session & { out: () => string; err: () => string } {
  const written = { out: '', err: '' };
  const stream = (key: 'out' | 'err') =>
    ({
      write: (text: string) => {
        written[key] += text;
        return true;
      },
      on: () => {},
    }) as unknown as NodeJS.WriteStream;
  return {
    stdin: { isTTY: false } as NodeJS.ReadStream,
    stdout: stream('out'),
    stderr: stream('err'),
    env: { FOREBAY_HOME: '/nonexistent/for/sure', NO_COLOR: '1' },
    folder: '/',
    exitCode: 0,
    out: () => written.out,
    err: () => written.err,
  };
}

describe('a misused command ends with 2 and one sentence', () => {
  test.each([
    [['frobnicate'], "Unknown command 'frobnicate'."],
    [['data', 'snyc'], "Unknown command 'snyc'.\nDid you mean sync?"],
    [['status', '--frob'], "Unknown option '--frob'."],
    [['status', 'extra'], 'Too many arguments'],
    [['data', 'init'], "Missing required argument 'name'."],
    [['data', 'init', 'Bad Name'], "'Bad Name' can't be a dataset's name.\nUse 1 to 63 lower-case letters"],
    [['data', 'clone', 'mnist@v0'], "'@v0' doesn't name a version.\nWrite @v3"],
    [['data', 'clone', 'mnist:path'], "'mnist:path' names a path within a version."],
    [['data', 'diff', 'mnist@v1', 'other@v2'], 'mnist and other are two datasets'],
    [['data', 'tag', 'mnist', 'v7'], "'v7' can't be a tag."],
    [['cache-store', 'attach', 'x', '/tmp'], "Required option '--capacity <size>' not specified."],
    [
      ['cache-store', 'attach', 'x', '/tmp', '--capacity', 'lots'],
      "'lots' is not a size.\nWrite it like 500GB",
    ],
    [
      ['cache-store', 'attach', 'x', '/tmp', '--capacity', '1GB', '--ttl', 'soon'],
      "'soon' is not a time span.",
    ],
    [
      ['cache-store', 'attach', 'x', '/tmp', '--capacity', '1GB', '--inodes', 'some'],
      "'some' is not a number of files.",
    ],
    [
      ['cache', 'scrub', '--every', 'never'],
      "'never' is not a time span.\nWrite it like 12h, 1d or 2w, or off.",
    ],
    [['cache', 'scrub', '--every', '30d'], 'Which cache?'],
    [['mount', 'mnist', '--for', 'me'], "'me' is not a process id."],
    [['mount', 'mnist', '--json', '--', 'true'], "--for and --json don't go with a command to run."],
    [['data'], 'Usage: forebay data'],
  ])('%j', async (args, sentence) => {
    const run = session();
    expect(await main(args, run)).toBe(2);
    const said = args.includes('--json') ? run.out() : run.err();
    expect(said).toContain(sentence);
    expect(said).not.toMatch(/\n\s+at /);
  });
});

test('with --json a misuse is one JSON value on standard output', async () => {
  const run = session();
  expect(await main(['data', 'init', '--json'], run)).toBe(2);
  expect(JSON.parse(run.out())).toEqual({
    error: {
      code: 'bad-request',
      message: "Missing required argument 'name'.",
      hint: "See 'forebay --help'.",
    },
  });
});

test('help and version are no failure', async () => {
  const run = session();
  expect(await main(['--help'], run)).toBe(0);
  expect(await main(['--version'], run)).toBe(0);
  expect(run.out()).toContain('cache-store');
  expect(run.out()).not.toMatch(/^ {2}daemon /m);
  expect(run.out()).toMatch(/\n\d+\.\d+\.\d+\n$/);
});

test('a folder that is not there fails with 1', async () => {
  const run = session();
  expect(await main(['-C', '/nonexistent/for/sure', 'data', 'log', 'x', '--json'], run)).toBe(1);
  expect(JSON.parse(run.out()).error.code).toBe('folder-unknown');
});
