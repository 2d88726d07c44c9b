/** What long work says about itself; totals are null until known. Called often; the listener thins it out. */
export interface Tally {
  phase: string;
  files: number;
  filesTotal: number | null;
  bytes: number;
  bytesTotal: number | null;
}

export interface Control {
  signal: AbortSignal;
  report: (tally: Tally) => void;
}
