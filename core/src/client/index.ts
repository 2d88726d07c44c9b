// What front ends need of the API besides; without the schemas themselves, so that browsers bundle no zod.
export * from '../api/errors.ts';
export * from '../api/ref.ts';
export type * from '../api/schemas.ts';
export * from '../api/text/units.ts';
export type { AttachRequest, ScrubRequest } from './caches.ts';
export { Client } from './client.ts';
export type { Page, PageRequest } from './http/pages.ts';
export type { Subscribe, SubscribeOptions, Transport } from './http/transport.ts';
export { failureOf, hasEnded } from './jobOutcome.ts';
export type { CompleteOptions, FollowOptions } from './jobs.ts';
export type { FilesRequest } from './versions.ts';
export type { SyncRequest } from './workingCopies.ts';
