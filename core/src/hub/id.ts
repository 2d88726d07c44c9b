import { randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 26 lower-case base32 characters (130 random bits), as the lake's format has them. */
export function randomId(): string {
  let id = '';
  for (const byte of randomBytes(26)) id += alphabet[byte & 31];
  return id;
}
