import type { ChangeEvent } from '@forebay/core/api/schemas';
import type { Client } from '@forebay/core/client';
import { expect, test } from 'vitest';
import { Signal } from '../signal.ts';
import { createApi } from './api.ts';

const noDaemon = {
  client: () => Promise.reject<Client>(new Error('asked')),
  hints: new Signal<ChangeEvent>(),
};

test('mount code of a numbered version needs no daemon, of any other it does', async () => {
  const api = createApi(noDaemon, () => {});
  expect(await api.mountCode('digits@v2')).toBe('import forebay\ndigits_path = forebay.mount("digits@v2")\n');
  await expect(api.mountCode('digits')).rejects.toThrow('asked');
  await expect(api.mountCode('No Name')).rejects.toMatchObject({ code: 'bad-name' });
});

test('changes are told until the listener is disposed', () => {
  const api = createApi(noDaemon, () => {});
  const seen: string[] = [];
  const listening = api.onDidChange(({ subject }) => seen.push(subject));
  noDaemon.hints.fire({ id: 1, kind: 'dataset', subject: 'digits' });
  listening.dispose();
  noDaemon.hints.fire({ id: 2, kind: 'dataset', subject: 'other' });
  expect(seen).toEqual(['digits']);
});
