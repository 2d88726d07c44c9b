import { recordedFiles } from '../../api/run/recordedFiles.ts';
import type { RecordedFile } from '../recordedFile.ts';
import type { Environment } from './environment.ts';

/** The machine as JSON, and the packages as pip's requirements. */
export function environmentFiles(environment: Environment): RecordedFile[] {
  const { python, ...machine } = environment;
  const { packages = [], ...interpreter } = python ?? {};
  const about = { ...machine, python: python === null ? null : interpreter };
  return [
    { path: recordedFiles.environment, bytes: Buffer.from(`${JSON.stringify(about, null, 2)}\n`) },
    ...(python === null
      ? []
      : [{ path: recordedFiles.requirements, bytes: Buffer.from(`${packages.join('\n')}\n`) }]),
  ];
}
