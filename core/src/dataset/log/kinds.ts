import type { LogKind } from './log.ts';
import {
  type CatalogLogRecord,
  type DatasetLogRecord,
  parseCatalogRecord,
  parseDatasetRecord,
} from './records.ts';
import {
  applyToCatalog,
  applyToDataset,
  type CatalogState,
  checkFeatures,
  type DatasetState,
  emptyCatalog,
  emptyDataset,
} from './state.ts';

export const datasetLog: LogKind<DatasetLogRecord, DatasetState> = {
  empty: emptyDataset,
  parse: parseDatasetRecord,
  apply: applyToDataset,
};

export const catalogLog: LogKind<CatalogLogRecord, CatalogState> = {
  empty: emptyCatalog,
  parse: parseCatalogRecord,
  apply: applyToCatalog,
  check: checkFeatures,
};

export const catalogPrefix = 'catalog/';
