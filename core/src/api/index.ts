export * from './code/mountCode.ts';
export * from './errors.ts';
export * from './importSource.ts';
export * from './ref.ts';
export * from './schemas.ts';
export * from './selection.ts';
export * from './text/suggestName.ts';
export * from './text/units.ts';
export { programVersion } from './version.ts';
