export * from './errors.ts';
export * from './importSource.ts';
export * from './mountCode.ts';
export * from './ref.ts';
export * from './schemas.ts';
export * from './selection.ts';
export * from './suggestName.ts';
export * from './units.ts';
export { programVersion } from './version.ts';
