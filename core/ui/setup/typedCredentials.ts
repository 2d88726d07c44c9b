import type { LakeRequest } from '../../src/api/schemas.ts';

/** As it is written; nothing of it is kept but by the daemon, in memory. */
export interface TypedCredentials {
  from: 'environment' | 'typed';
  id: string;
  secret: string;
  token: string;
}

export const noCredentials: TypedCredentials = { from: 'environment', id: '', secret: '', token: '' };

/** Undefined also while one of the keys is missing, without which no store answers. */
export function credentialsOf({ from, id, secret, token }: TypedCredentials): LakeRequest['credentials'] {
  if (from === 'environment' || id.trim() === '' || secret.trim() === '') return undefined;
  return {
    accessKeyId: id.trim(),
    secretAccessKey: secret.trim(),
    ...(token.trim() === '' ? {} : { sessionToken: token.trim() }),
  };
}
