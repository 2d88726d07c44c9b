import { PbfReader } from 'pbf';
import type { RunStatus } from '../../store/tables.ts';
import type { Tag } from '../../tags.ts';

/** What TensorBoard's hparams plugin knows of a run. */
export interface HParams {
  params: Tag[];
  /** Seconds since 1970. */
  ended: number | undefined;
  status: RunStatus | undefined;
}

/** HParamsPluginData (tensorboard/plugins/hparams/plugin_data.proto); adds to what is known. Throws for what is none. */
export function readHParams(content: Uint8Array, known: HParams): void {
  new PbfReader(content).readFields((field, into, pbf) => {
    if (field === 3) pbf.readMessage(readStart, into);
    else if (field === 4) pbf.readMessage(readEnd, into);
  }, known);
}

function readStart(field: number, into: HParams, pbf: PbfReader): void {
  if (field !== 1) return;
  const pair = pbf.readMessage(
    (each, found: Tag, inner) => {
      if (each === 1) found.key = inner.readString();
      else if (each === 2) found.value = inner.readMessage(readAny, { text: '' }).text;
    },
    { key: '', value: '' },
  );
  into.params.push(pair);
}

function readEnd(field: number, into: HParams, pbf: PbfReader): void {
  if (field === 1) {
    const statuses: Record<number, RunStatus> = { 1: 'FINISHED', 2: 'FAILED', 3: 'RUNNING' };
    into.status = statuses[pbf.readVarint()];
  } else if (field === 2) into.ended = pbf.readDouble();
}

/** google.protobuf.Value, as Python's clients write it as text. */
function readAny(field: number, into: { text: string }, pbf: PbfReader): void {
  if (field === 2) into.text = String(pbf.readDouble());
  else if (field === 3) into.text = pbf.readString();
  else if (field === 4) into.text = pbf.readBoolean() ? 'True' : 'False';
}
