import path from 'node:path';
import {
  createExperiment,
  deleteExperimentTag,
  readExperiment,
  readExperimentByName,
  renameExperiment,
  setExperimentStage,
  setExperimentTag,
} from '../experiments.ts';
import { searchExperiments } from '../search/experiments.ts';
import { views } from '../search/view.ts';
import type { Handler, Handlers } from './handler.ts';
import { experimentOf, readTag } from './shapes.ts';

const search: Handler = async ({ db }, fields) => {
  const { items, next } = await searchExperiments(db, {
    filter: fields.optionalString('filter'),
    view: fields.optionalOneOf('view_type', views),
    limit: fields.optionalInteger('max_results') ?? 1000,
    orderBy: fields.strings('order_by'),
    pageToken: fields.optionalString('page_token'),
  });
  return { experiments: items.map(experimentOf), next_page_token: next };
};

/** A place without a scheme is a folder, the same for every client wherever it runs: a relative one lies beside our own. */
const absolute = (folder: string, location: string | undefined) =>
  location === undefined || location === '' || /^[a-z][a-z\d+.-]*:/i.test(location)
    ? location
    : path.resolve(folder, location);

export const experimentHandlers: Handlers = {
  'POST experiments/create': async ({ db, folder, now }, fields) => ({
    experiment_id: await createExperiment(
      db,
      {
        name: fields.string('name'),
        artifactLocation: absolute(folder, fields.optionalString('artifact_location')),
        tags: fields.list('tags', readTag),
      },
      now(),
    ),
  }),
  'GET experiments/get': async ({ db }, fields) => ({
    experiment: experimentOf(await readExperiment(db, fields.string('experiment_id'))),
  }),
  'GET experiments/get-by-name': async ({ db }, fields) => ({
    experiment: experimentOf(await readExperimentByName(db, fields.string('experiment_name'))),
  }),
  'POST experiments/delete': async ({ db, now }, fields) => {
    await setExperimentStage(db, fields.string('experiment_id'), 'deleted', now());
    return {};
  },
  'POST experiments/restore': async ({ db, now }, fields) => {
    await setExperimentStage(db, fields.string('experiment_id'), 'active', now());
    return {};
  },
  'POST experiments/update': async ({ db, now }, fields) => {
    await renameExperiment(db, fields.string('experiment_id'), fields.string('new_name'), now());
    return {};
  },
  'POST experiments/set-experiment-tag': async ({ db }, fields) => {
    await setExperimentTag(db, fields.string('experiment_id'), readTag(fields));
    return {};
  },
  'POST experiments/delete-experiment-tag': async ({ db }, fields) => {
    await deleteExperimentTag(db, fields.string('experiment_id'), fields.string('key'));
    return {};
  },
  'GET experiments/search': search,
  'POST experiments/search': search,
};
