import { join } from 'node:path';
import type { DatasetInput } from '../../data/inputs.ts';
import type { Problems } from '../problems.ts';
import type { RunFacts } from '../source.ts';
import { isId } from '../values.ts';
import { entriesOf } from '../walk.ts';
import { Meta } from './meta.ts';

type Used = Pick<RunFacts, 'inputs' | 'models'>;

/** What a run read and made; its datasets are described beside the runs of its experiment. */
export function readUsed(run: string, experiment: string, problems: Problems): Used {
  const used: Used = { inputs: [], models: [] };
  for (const [folder, meta] of metasBelow(join(run, 'inputs'), problems)) {
    const id = meta.optional('source_id') ?? '';
    if (meta.optional('source_type') === 'MODEL') used.models.push({ id, role: 'input', step: 0 });
    else if (isId(id)) {
      const input = problems.attempt(folder, () => datasetInput(join(experiment, 'datasets', id), meta));
      if (input) used.inputs.push(input);
    } else problems.add(`${folder}: it names no dataset.`);
  }
  for (const [, meta] of metasBelow(join(run, 'outputs'), problems)) {
    const step = Number(meta.optional('step') ?? 0);
    used.models.push({
      id: meta.optional('destination_id') ?? '',
      role: 'output',
      step: Number.isSafeInteger(step) ? step : 0,
    });
  }
  return used;
}

function datasetInput(folder: string, input: Meta): DatasetInput {
  const dataset = Meta.read(folder);
  return {
    tags: input.pairs('tags'),
    dataset: {
      name: dataset.required('name'),
      digest: dataset.required('digest'),
      sourceType: dataset.optional('source_type') ?? '',
      source: dataset.optional('source') ?? '',
      schema: dataset.optional('schema') ?? null,
      profile: dataset.optional('profile') ?? null,
    },
  };
}

/** Folders with their `meta.yaml`; those that `counts` says. */
export function* metasBelow(
  parent: string,
  problems: Problems,
  counts: (folder: string) => boolean = () => true,
): Generator<[string, Meta]> {
  for (const entry of entriesOf(parent)) {
    const folder = join(parent, entry.name);
    if (!entry.isDirectory() || !counts(folder)) continue;
    const meta = problems.attempt(folder, () => Meta.read(folder));
    if (meta) yield [folder, meta];
  }
}
