import type { Point } from '../metric/point.ts';
import type { ModelStatus, RunStatus, Stage } from '../store/tables.ts';

/** As far as calendars reach (ECMA-262, Time Values and Time Range); milliseconds since 1970. */
const latestTime = 8.64e15;

export const isTime = (value: number): boolean => value >= 0 && value <= latestTime;

/** Undefined for what is no time in milliseconds. */
export function timeOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && isTime(number) ? Math.round(number) : undefined;
}

export const isPoint = ({ step, time }: Point): boolean => Number.isSafeInteger(step) && isTime(time);

/** Python's spelling of floats. */
export function floatOf(text: string): number | undefined {
  if (/^[+-]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  const number = Number(text);
  return text === '' || Number.isNaN(number) ? undefined : number;
}

/** By number in files, by name in databases (mlflow/protos/service.proto, RunStatus). */
export function runStatusOf(value: unknown): RunStatus | undefined {
  const names = ['', 'RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
  const name = names.find(
    (each, number) => each !== '' && (each === value || String(number) === String(value)),
  );
  return name === '' ? undefined : name;
}

/** mlflow/protos/service.proto, LoggedModelStatus. */
export function modelStatusOf(value: unknown): ModelStatus {
  if (String(value) === '2') return 'LOGGED_MODEL_READY';
  return String(value) === '3' ? 'LOGGED_MODEL_UPLOAD_FAILED' : 'LOGGED_MODEL_PENDING';
}

export const stageOf = (value: unknown): Stage => (value === 'deleted' ? 'deleted' : 'active');

/** Ids of runs and models (mlflow/utils/validation.py), which become names of folders. */
export const isId = (id: string): boolean => /^[A-Za-z0-9][\w-]{0,255}$/.test(id);
