import type { DatasetInput } from './inputs.ts';

/** `source_type` of datasets that are versions of Forebay. */
export const forebaySource = 'forebay';

/** Which cache a run read from stands with its input: runs that read the same version share what is kept of it. */
export const cacheTag = 'forebay.cache';

interface ReadVersion {
  name: string;
  version: number;
  digest: string;
  /** Null: the lake itself. */
  cache: string | null;
}

/** A version that a run reads, as MLflow's clients see it. */
export const versionInput = ({ name, version, digest, cache }: ReadVersion): DatasetInput => ({
  tags: [
    { key: 'mlflow.data.context', value: 'training' },
    { key: cacheTag, value: cache ?? '' },
  ],
  dataset: {
    ...{ name, digest, sourceType: forebaySource, schema: null, profile: null },
    source: JSON.stringify({ ref: `${name}@v${version}`, version, cache }),
  },
});
