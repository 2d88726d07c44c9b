import { addInputs } from '../data/inputs.ts';
import { invalid } from '../error.ts';
import { defaultExperiment } from '../experiments.ts';
import { logBatch } from '../log.ts';
import { addModels } from '../model/models.ts';
import { longest } from '../names.ts';
import { requireActiveRun } from '../runRow.ts';
import { createRun, readRun, runStatuses, setRunStage, updateRun } from '../runs.ts';
import { searchRuns } from '../search/runs.ts';
import { views } from '../search/view.ts';
import { deleteTag } from '../tags.ts';
import { createWithin } from '../within.ts';
import type { Fields } from './fields.ts';
import type { Handlers, Tracking } from './handler.ts';
import { history, historyBulk, historyInterval } from './history.ts';
import { infoOf, readDatasetInput, readPoint, readTag, runOf } from './shapes.ts';

export const runHandlers: Handlers = {
  'POST runs/create': async ({ db, now, changed, heard, within }, fields) => {
    const request = {
      experimentId: fields.optionalString('experiment_id') || defaultExperiment.id,
      user: fields.optionalString('user_id'),
      name: fields.optionalString('run_name'),
      startTime: fields.optionalTime('start_time'),
      tags: fields.list('tags', readTag),
    };
    const run = within ? await createWithin(db, within, request, now()) : await createRun(db, request, now());
    heard(run.id);
    changed(run.id);
    return { run: runOf(run) };
  },
  'GET runs/get': async ({ db }, fields) => ({ run: runOf(await readRun(db, runIdOf(fields))) }),
  'POST runs/update': async ({ db, changed, heard, within }, fields) => {
    // When its command ends tells how a run ended that Forebay started, not the script within.
    const own = within === runIdOf(fields);
    const run = await updateRun(db, runIdOf(fields), {
      status: own ? undefined : fields.optionalOneOf('status', runStatuses),
      endTime: own ? undefined : fields.optionalTime('end_time'),
      name: fields.optionalString('run_name') || undefined,
    });
    if (!own && run.status === 'RUNNING') heard(run.id);
    changed(run.id);
    return { run_info: infoOf(run) };
  },
  'POST runs/delete': async (tracking, fields) => {
    await setRunStage(tracking.db, runIdOf(fields), 'deleted');
    return done(tracking, fields);
  },
  'POST runs/restore': async (tracking, fields) => {
    await setRunStage(tracking.db, runIdOf(fields), 'active');
    return done(tracking, fields);
  },
  'POST runs/search': async ({ db }, fields) => {
    const { items, next } = await searchRuns(db, {
      experimentIds: fields.strings('experiment_ids'),
      filter: fields.optionalString('filter'),
      view: fields.optionalOneOf('run_view_type', views),
      limit: fields.optionalInteger('max_results') ?? 1000,
      orderBy: fields.strings('order_by'),
      pageToken: fields.optionalString('page_token'),
    });
    return { runs: items.map(runOf), next_page_token: next };
  },
  'POST runs/log-metric': async (tracking, fields) => {
    const batch = { metrics: [readPoint(fields)], params: [], tags: [] };
    await logBatch(tracking.db, runIdOf(fields), batch);
    return logged(tracking, fields);
  },
  'POST runs/log-parameter': async (tracking, fields) => {
    await logBatch(tracking.db, runIdOf(fields), { metrics: [], params: [readTag(fields)], tags: [] });
    return logged(tracking, fields);
  },
  'POST runs/set-tag': async (tracking, fields) => {
    await logBatch(tracking.db, runIdOf(fields), { metrics: [], params: [], tags: [readTag(fields)] });
    return done(tracking, fields);
  },
  'POST runs/delete-tag': async (tracking, fields) => {
    await deleteTag(tracking.db, runIdOf(fields), fields.string('key'));
    return done(tracking, fields);
  },
  'POST runs/log-batch': async (tracking, fields) => {
    await logBatch(tracking.db, runIdOf(fields), {
      metrics: fields.list('metrics', readPoint),
      params: fields.list('params', readTag),
      tags: fields.list('tags', readTag),
    });
    return logged(tracking, fields);
  },
  'POST runs/log-inputs': async (tracking, fields) => {
    const { db } = tracking;
    const inputs = fields.list('datasets', readDatasetInput);
    await db
      .transaction()
      .execute(async (within) => addInputs(within, await requireActiveRun(within, runIdOf(fields)), inputs));
    const models = fields.list('models', (model) => ({ id: model.string('model_id'), step: 0 }));
    await addModels(db, runIdOf(fields), 'input', models);
    return logged(tracking, fields);
  },
  'POST runs/outputs': async (tracking, fields) => {
    const models = fields.list('models', (model) => ({
      id: model.string('model_id'),
      step: model.optionalInteger('step') ?? 0,
    }));
    await addModels(tracking.db, runIdOf(fields), 'output', models);
    return logged(tracking, fields);
  },
  'POST runs/log-model': async (tracking, fields) => {
    // What clients from before MLflow 3 say of a model that they have sent as artifacts: kept as they keep it, in a tag.
    const key = 'mlflow.log-model.history';
    const { tags } = await readRun(tracking.db, runIdOf(fields));
    const before = tags.find((tag) => tag.key === key)?.value ?? '[]';
    const model = parsed(fields.string('model_json'));
    if (model === undefined) throw invalid('Malformed model info. The model_json is no JSON.');
    const known = parsed(before);
    const value = historyOf([...(Array.isArray(known) ? known : []), model]);
    await logBatch(tracking.db, runIdOf(fields), { metrics: [], params: [], tags: [{ key, value }] });
    return logged(tracking, fields);
  },
  'GET metrics/get-history': history,
  'GET metrics/get-history-bulk': historyBulk,
  'GET metrics/get-history-bulk-interval': historyInterval,
};

/** As JSON that a tag holds: of too many the oldest give way, since what is cut in the middle can't be read again. */
function historyOf(models: unknown[]): string {
  const text = JSON.stringify(models);
  return text.length <= longest.tag || models.length === 1 ? text : historyOf(models.slice(1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Clients from before MLflow 1.0 call it `run_uuid`. */
const runIdOf = (fields: Fields) =>
  fields.optionalString('run_id') || fields.optionalString('run_uuid') || fields.string('run_id');

/** What a script writes while it runs; tags are also set by people, who look at it later. */
function logged(tracking: Tracking, fields: Fields): object {
  tracking.heard(runIdOf(fields));
  return done(tracking, fields);
}

function done({ changed }: Tracking, fields: Fields): object {
  changed(runIdOf(fields));
  return {};
}
