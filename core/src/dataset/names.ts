import { randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 26 lower-case base32 characters (130 random bits): ids of lakes, datasets and records, and names of objects. */
export function randomName(): string {
  let name = '';
  for (const byte of randomBytes(26)) name += alphabet[byte & 31];
  return name;
}

export const namePattern = /^[a-z2-7]{26}$/;

/** Where each object of a dataset lies in the lake; see FORMAT.md, Objects. */
export const keyOf = {
  pack: (dataset: string, pack: string) => `datasets/${dataset}/packs/${pack}.tar`,
  pages: (dataset: string, object: string) => `datasets/${dataset}/pages/${object}`,
  root: (dataset: string, root: string) => `datasets/${dataset}/roots/${root}`,
  changes: (dataset: string, changes: string) => `datasets/${dataset}/changes/${changes}`,
  learned: (dataset: string) => `datasets/${dataset}/learned/`,
  log: (dataset: string) => `datasets/${dataset}/log/`,
};

export function isPack(key: string): boolean {
  return key.endsWith('.tar');
}
