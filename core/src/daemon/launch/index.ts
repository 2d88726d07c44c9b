export { type EnsuredDaemon, type EnsureOptions, ensureDaemon } from './ensureDaemon.ts';
export { type FoundDaemon, findDaemon } from './findDaemon.ts';
export { waitUntilGone } from './handover.ts';
export { hasEnded } from './hasEnded.ts';
export { homeOf } from './home.ts';
export { problemLine } from './log.ts';
export { homeHash, makeRuntimeFolder, runtimeFolderOf, socketPathOf } from './runtimeFolder.ts';
export { unixTransport } from './unixTransport.ts';
