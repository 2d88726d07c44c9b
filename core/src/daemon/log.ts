import { ForebayError } from '../api/errors.ts';

/** The daemon's output is its log; who starts it says where that goes. */
export function log(message: unknown): void {
  const text =
    message instanceof ForebayError && message.code !== 'internal'
      ? `${message.code}: ${message.message}`
      : message instanceof Error
        ? (message.stack ?? message.message)
        : String(message);
  console.log(`${new Date().toISOString()} ${text}`);
}
