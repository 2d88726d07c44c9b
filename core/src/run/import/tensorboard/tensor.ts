import type { PbfReader } from 'pbf';

/** A tensor of one number; `number` is undefined for any other. */
export interface Tensor {
  number: number | undefined;
}

interface Parts {
  type: number;
  /** How many numbers its shape says. */
  size: number;
  content: Uint8Array;
  /** Where they stand one by one. */
  listed: number[];
}

/** tensorflow/core/framework/tensor.proto */
export function readTensor(pbf: PbfReader): Tensor {
  const parts = pbf.readMessage(readPart, { type: 0, size: 1, content: new Uint8Array(), listed: [] });
  if (parts.size !== 1) return { number: undefined };
  return { number: parts.listed.length === 1 ? parts.listed[0] : numberIn(parts) };
}

function readPart(field: number, parts: Parts, pbf: PbfReader): void {
  if (field === 1) parts.type = pbf.readVarint();
  else if (field === 2) pbf.readMessage(readShape, parts);
  else if (field === 4) parts.content = pbf.readBytes();
  else if (field === 5) pbf.readPackedFloat(parts.listed);
  else if (field === 6) pbf.readPackedDouble(parts.listed);
  else if (field === 7 || field === 10) pbf.readPackedVarint(parts.listed, true);
}

function readShape(field: number, parts: Parts, pbf: PbfReader): void {
  if (field !== 2) return;
  const dimension = pbf.readMessage(
    (each, found: { size: number }, inner) => {
      if (each === 1) found.size = inner.readVarint(true);
    },
    { size: 0 },
  );
  parts.size *= dimension.size;
}

/** Little-endian bytes, by DataType (tensorflow/core/framework/types.proto). */
function numberIn({ type, content }: Parts): number | undefined {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const readers: Record<number, [bytes: number, read: () => number]> = {
    1: [4, () => view.getFloat32(0, true)],
    2: [8, () => view.getFloat64(0, true)],
    3: [4, () => view.getInt32(0, true)],
    4: [1, () => view.getUint8(0)],
    5: [2, () => view.getInt16(0, true)],
    6: [1, () => view.getInt8(0)],
    9: [8, () => Number(view.getBigInt64(0, true))],
    17: [2, () => view.getUint16(0, true)],
    19: [2, () => view.getFloat16(0, true)],
    22: [4, () => view.getUint32(0, true)],
  };
  const [bytes, read] = readers[type] ?? [];
  return read && bytes === content.byteLength ? read() : undefined;
}
