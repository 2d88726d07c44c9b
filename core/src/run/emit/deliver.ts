import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { ForebayError } from '../../api/errors.ts';

/** What became of an event. `refused`: it would be refused again; `failed`: another time it may be taken. */
export type Delivery = { outcome: 'taken' } | { outcome: 'refused' | 'failed'; message: string };

/** Longest wait for an answer; milliseconds. */
const patience = 10_000;

/** Answers that say something of the event, not of the receiver or of who asks (RFC 9110). */
const eventsOwn = new Set([400, 409, 413, 415, 422]);

/** Hands one event to its target. `key` authorises us at an address. Never throws. */
export async function deliver(
  target: string,
  event: object,
  key: string | undefined,
  signal: AbortSignal,
): Promise<Delivery> {
  const text = JSON.stringify(event);
  try {
    return isAbsolute(target) ? await append(target, text) : await post(target, text, key, signal);
  } catch (error) {
    return { outcome: 'failed', message: reasonOf(error) };
  }
}

/** Makes the file where it isn't there yet. Throws `bad-path` for one that can't be written. */
export async function prepareTarget(target: string): Promise<void> {
  if (!isAbsolute(target)) return;
  try {
    await (await openEnd(target)).close();
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new ForebayError('bad-path', `${target} can't be written: ${reason}.`, 'Choose another file.', {
      cause,
    });
  }
}

/** One line. A pipe that nobody reads is an error, not a wait. */
async function append(path: string, text: string): Promise<Delivery> {
  const file = await openEnd(path);
  try {
    await file.appendFile(`${text}\n`);
  } finally {
    await file.close();
  }
  return { outcome: 'taken' };
}

function openEnd(path: string): Promise<FileHandle> {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NONBLOCK } = constants;
  return open(path, O_APPEND | O_CREAT | O_WRONLY | O_NONBLOCK, 0o600);
}

async function post(
  url: string,
  body: string,
  key: string | undefined,
  signal: AbortSignal,
): Promise<Delivery> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...(key ? { Authorization: `Bearer ${key}` } : {}) },
    // The key is for this address alone.
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  });
  const said = (await response.text()).trim().slice(0, 200);
  if (response.ok) return { outcome: 'taken' };
  const message = `${new URL(url).host} answered ${response.status}${said === '' ? '' : `: ${said}`}`;
  return { outcome: eventsOwn.has(response.status) ? 'refused' : 'failed', message };
}

/** `fetch` keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  const { cause, message, name } = error as Error & { cause?: Error };
  if (name === 'TimeoutError') return `There was no answer within ${patience / 1000} s.`;
  return cause instanceof Error ? cause.message || message : message;
}
