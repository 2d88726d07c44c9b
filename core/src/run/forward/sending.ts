import { doubleOf } from '../mlflow/shapes.ts';
import type { Run } from '../runs.ts';
import type { RunDatabase } from '../store/open.ts';
import {
  inParts,
  inputKey,
  measureKey,
  measureStamp,
  remoteInput,
  remoteMeasure,
  type Sent,
  tagChanges,
} from './content.ts';
import { keep, type RemoteRow } from './forwarded.ts';
import type { ForwardedModel } from './models.ts';
import { keepPositions, mostPoints, nextPoints } from './positions.ts';
import { isRefusal, linkedModels } from './remoteRun.ts';
import type { MlflowServer } from './server.ts';

/** Parameters or tags in one request (mlflow/utils/validation.py). */
const mostPairs = 100;

/** One run's facts, each sent only where the server doesn't know it. */
export class Sending {
  readonly #db: RunDatabase;
  readonly #server: MlflowServer;
  readonly #id: string;
  readonly #remoteId: string;
  readonly #sent: Sent;

  constructor(db: RunDatabase, server: MlflowServer, { run_id, remote_id, sent }: RemoteRow) {
    this.#db = db;
    this.#server = server;
    this.#id = run_id;
    this.#remoteId = remote_id;
    this.#sent = JSON.parse(sent) as Sent;
  }

  async pairs(run: Run, tags: Record<string, string>): Promise<void> {
    const { set, gone } = tagChanges(this.#sent.tags ?? {}, tags);
    for (const some of inParts(set, mostPairs)) await this.#post('runs/log-batch', { tags: some });
    for (const key of gone) {
      await this.#post('runs/delete-tag', { key }).catch((error: unknown) => {
        if (!isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) throw error;
      });
    }
    if (set.length + gone.length > 0) await this.#note({ tags });
    const known = new Set(this.#sent.params);
    // What was guessed from the arguments gives way to the script's own word, and nobody changes a parameter there.
    const guessed = isEnded(run) ? new Set<string>() : await guessedParams(this.#db, run.id);
    const params = run.params.filter(({ key }) => !known.has(key) && !guessed.has(key));
    for (const some of inParts(params, mostPairs)) await this.#post('runs/log-batch', { params: some });
    if (params.length > 0) await this.#note({ params: [...known, ...params.map(({ key }) => key)] });
  }

  async inputs(run: Run): Promise<void> {
    const known = new Set(this.#sent.inputs);
    const fresh = run.inputs.filter((input) => !known.has(inputKey(input)));
    if (fresh.length === 0) return;
    for (const some of inParts(fresh, mostPairs)) {
      await this.#post('runs/log-inputs', { datasets: some.map(remoteInput) });
    }
    await this.#note({ inputs: run.inputs.map(inputKey) });
  }

  async models(run: Run, there: readonly ForwardedModel[]): Promise<void> {
    const known = new Set(this.#sent.models);
    const remoteIds = new Map(there.map(({ model, remoteId }) => [model.id, remoteId]));
    const fresh = run.models.flatMap(({ id, role, step }) => {
      const model_id = remoteIds.get(id);
      const key = `${role} ${id}`;
      return model_id === undefined || known.has(key) ? [] : [{ key, role, model: { model_id, step } }];
    });
    if (fresh.length === 0) return;
    // What is said twice is an error there, and an answer may have been lost.
    const linked = await linkedModels(this.#server, this.#remoteId);
    for (const [role, path] of [
      ['input', 'runs/log-inputs'],
      ['output', 'runs/outputs'],
    ] as const) {
      const models = fresh
        .filter((each) => each.role === role && !linked[role].has(each.model.model_id))
        .map(({ model }) => model);
      if (models.length > 0) await this.#post(path, { models });
    }
    await this.#note({ models: [...known, ...fresh.map(({ key }) => key)] });
  }

  /** After the points: these are the newest of them once more, which a server knows by all that they say. */
  async measures(models: readonly ForwardedModel[]): Promise<void> {
    const known = this.#sent.measures ?? {};
    const fresh = models
      .flatMap(({ model, remoteId }) => model.metrics.map((metric) => ({ ...metric, remoteId })))
      .filter(({ run_id }) => run_id === this.#id)
      .map((metric) => ({ metric, key: measureKey(metric), stamp: measureStamp(metric) }))
      .filter(({ key, stamp }) => known[key] !== stamp);
    for (const some of inParts(fresh, mostPoints))
      await this.#post('runs/log-batch', {
        metrics: some.map(({ metric }) => remoteMeasure(metric, metric.remoteId)),
      });
    if (fresh.length === 0) return;
    const measures = Object.fromEntries(fresh.map(({ key, stamp }) => [key, stamp]));
    await this.#note({ measures: { ...known, ...measures } });
  }

  async points(): Promise<void> {
    for (;;) {
      const batch = await nextPoints(this.#db, this.#id);
      if (batch === undefined) return;
      const metrics = batch.points.map(({ key, value, step, time }) => ({
        ...{ key, value: doubleOf(value), step, timestamp: time },
      }));
      await this.#post('runs/log-batch', { metrics });
      await keepPositions(this.#db, batch.positions);
    }
  }

  async state({ name, status, end_time: endTime }: Run): Promise<void> {
    const { name: knownName, status: knownStatus, endTime: knownEnd } = this.#sent;
    if (name === knownName && status === knownStatus && endTime === knownEnd) return;
    const end = endTime === null ? {} : { end_time: endTime };
    await this.#post('runs/update', { status, run_name: name, ...end });
    await this.#note({ name, status, endTime });
  }

  #post(path: string, fields: object): Promise<unknown> {
    return this.#server.post(path, { run_id: this.#remoteId, ...fields });
  }

  async #note(known: Sent): Promise<void> {
    Object.assign(this.#sent, known);
    await keep(this.#db, this.#id, { sent: JSON.stringify(this.#sent) });
  }
}

export const isEnded = ({ status }: Run) => status !== 'RUNNING' && status !== 'SCHEDULED';

async function guessedParams(db: RunDatabase, runId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('param')
    .select('key')
    .where('run_id', '=', runId)
    .where('origin', '=', 'argument')
    .execute();
  return new Set(rows.map(({ key }) => key));
}
