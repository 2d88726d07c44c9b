import type { RunDatabase } from '../store/open.ts';
import type { Fields } from './fields.ts';

/** What handlers work with. */
export interface Tracking {
  db: RunDatabase;
  /** Where artifacts that the server passes on, and outputs of runs lie; absolute. */
  folder: string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Told of every run that changed. */
  changed: (runId: string) => void;
  /** Told of every run whose own script has logged something. */
  heard: (runId: string) => void;
  /** The run that whoever asks is inside of. */
  within?: string | undefined;
}

export type Handler = (tracking: Tracking, fields: Fields) => Promise<object>;

/** By method and path below `/mlflow/`, as MLflow's service.proto names them: `POST runs/create`. */
export type Handlers = Readonly<Record<`${'GET' | 'POST' | 'PATCH' | 'DELETE'} ${string}`, Handler>>;

/** `within`: the run that whoever asks is inside of, as the gate before this app found out. */
export interface WithinRun {
  Variables: { within: string | undefined };
}
