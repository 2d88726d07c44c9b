import { z } from 'zod';
import { Lineage } from '../../api/schemas.ts';
import { lineageSubject } from '../../client/find/lineageSubject.ts';
import { tool } from '../tool.ts';

const steps = z.number().int().min(0).max(20).default(3);

const lineage = tool({
  name: 'lineage',
  title: 'Lineage',
  description:
    'What a version or run was made from and what came of it: versions, runs, artifacts, models and notebooks as nodes, ' +
    'edges from what was used to what came of it.',
  input: {
    of: z.string().min(1).describe("a version's reference, a dataset's name, or a run by id or name"),
    up: steps.describe('steps towards what it was made from'),
    down: steps.describe('steps towards what came of it'),
    most: z.number().int().min(1).max(500).default(25).describe('neighbours of one node in one direction'),
  },
  output: Lineage.shape,
  run: async ({ client }, { of, ...reach }) => client.lineage.get(await lineageSubject(client, of), reach),
});

export const lineageTools = [lineage];
