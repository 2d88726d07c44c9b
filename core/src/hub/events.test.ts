import { expect, test } from 'vitest';
import { Events } from './events.ts';

test('whoever comes back gets what it missed, once and in order', () => {
  const events = new Events(1000);
  events.emit('job', 'a');
  const seen = events.last;
  events.emit('job', 'b');
  events.emit('lease', 'c');
  expect(events.since(seen).map((event) => event.subject)).toEqual(['b', 'c']);
  expect(events.since(events.last)).toEqual([]);
});

test('whoever was away too long is told to read everything again', () => {
  const events = new Events(1000, 2);
  for (const subject of ['a', 'b', 'c']) events.emit('job', subject);
  expect(events.since(1000)).toEqual([{ id: 1003, kind: 'reset', subject: '' }]);
  expect(events.since(1001).map((event) => event.subject)).toEqual(['b', 'c']);
});

test('an id from an earlier or unknown daemon means reset', () => {
  const events = new Events(5000);
  expect(events.since(17)[0]?.kind).toBe('reset');
  expect(events.since(9000)[0]?.kind).toBe('reset');
});

test('nobody hears anything after leaving', () => {
  const events = new Events();
  const heard: string[] = [];
  const leave = events.subscribe((event) => heard.push(event.subject));
  events.emit('cache', 'x');
  leave();
  events.emit('cache', 'y');
  expect(heard).toEqual(['x']);
});
