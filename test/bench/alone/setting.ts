import type { ForebayMachine } from '../peers/forebay/machine.ts';
import type { AloneLine } from '../report/results.ts';

export interface Setting {
  title: (size: string) => string;
  /** Where the lake is. */
  lake: 'store' | 'folder';
  /** `work`: a folder for the files. */
  run: (machine: ForebayMachine, work: string, size: number) => Promise<AloneLine[]>;
}
