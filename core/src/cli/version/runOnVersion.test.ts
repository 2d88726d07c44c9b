import { expect, test } from 'vitest';
import { withoutProxy } from './runOnVersion.ts';

test("a command that runs on a version bypasses proxies for this machine's address, once", () => {
  expect(withoutProxy({}).NO_PROXY).toBe('127.0.0.1');
  expect(withoutProxy({ no_proxy: 'a.org' }).NO_PROXY).toBe('a.org,127.0.0.1');
  expect(withoutProxy({ NO_PROXY: 'a.org,127.0.0.1' }).no_proxy).toBe('a.org,127.0.0.1');
});
