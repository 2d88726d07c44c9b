import type { Tool } from '../tool.ts';
import { cachingTools, cachingWrites } from './caching.ts';
import { datasetTools } from './datasets.ts';
import { diffTools } from './diff.ts';
import { fileTools } from './files.ts';
import { jobTools, jobWrites } from './jobs.ts';
import { lineageTools } from './lineage.ts';
import { mountWrites } from './mount.ts';
import { runTools } from './runs.ts';

export const readingTools: readonly Tool[] = [
  ...datasetTools,
  ...fileTools,
  ...diffTools,
  ...cachingTools,
  ...jobTools,
  ...runTools,
  ...lineageTools,
];

/** Only where somebody allowed them. */
export const writingTools: readonly Tool[] = [...cachingWrites, ...mountWrites, ...jobWrites];
