type ViewMaker = new (buffer: ArrayBuffer) => ArrayBufferView;

/** The views of a buffer that a text may hold, by the names that stand for them there. */
export const VIEWS: Readonly<Record<string, ViewMaker>> = {
  DataView,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};

/** The bytes that a view shows of its buffer, and no others. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
