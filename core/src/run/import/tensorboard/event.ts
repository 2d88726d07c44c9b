import { PbfReader } from 'pbf';
import { readTensor, type Tensor } from './tensor.ts';

/** What an event file says at one time (tensorflow/core/util/event.proto). */
export interface TbEvent {
  /** Seconds since 1970. */
  wallTime: number;
  step: number;
  values: TbValue[];
}

/** One value of a summary (tensorflow/core/framework/summary.proto). */
export interface TbValue {
  tag: string;
  /** Undefined for what is no plain number: an image, a histogram, a sound, a text. */
  simple: number | undefined;
  tensor: Tensor | undefined;
  /** Which of TensorBoard's plugins it is for; often said of the first value of a tag alone. */
  plugin: string;
  /** What that plugin wants to know. */
  content: Uint8Array | undefined;
}

/** Throws for what is no such message. */
export function readEvent(bytes: Uint8Array): TbEvent {
  return new PbfReader(bytes).readFields(
    (field, event: TbEvent, pbf) => {
      if (field === 1) event.wallTime = pbf.readDouble();
      else if (field === 2) event.step = pbf.readVarint(true);
      else if (field === 5) pbf.readMessage(readSummary, event.values);
    },
    { wallTime: 0, step: 0, values: [] },
  );
}

function readSummary(field: number, values: TbValue[], pbf: PbfReader): void {
  if (field !== 1) return;
  const value: TbValue = { tag: '', simple: undefined, tensor: undefined, plugin: '', content: undefined };
  values.push(pbf.readMessage(readValue, value));
}

function readValue(field: number, value: TbValue, pbf: PbfReader): void {
  if (field === 1) value.tag = pbf.readString();
  else if (field === 2) value.simple = pbf.readFloat();
  else if (field === 8) value.tensor = readTensor(pbf);
  else if (field === 9) pbf.readMessage(readMetadata, value);
}

function readMetadata(field: number, value: TbValue, pbf: PbfReader): void {
  if (field === 1) pbf.readMessage(readPluginData, value);
}

function readPluginData(field: number, value: TbValue, pbf: PbfReader): void {
  if (field === 1) value.plugin = pbf.readString();
  else if (field === 2) value.content = pbf.readBytes().slice();
}
