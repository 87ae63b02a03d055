import { PyTypeError, PyValueError } from '../../time/python-error.ts';
import { holds, isInt, isWhole } from './number.ts';
import type { PyType } from './python.ts';
import { sequenceItem } from './sequence.ts';
import { PySlice, sliceItems } from './slice.ts';
import { bytesRepr, repetitions } from './text.ts';

export class PyBytes {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

function repeat({ bytes }: PyBytes, count: unknown): PyBytes | undefined {
  if (!isWhole(count)) return undefined;
  const times = repetitions(bytes.length, count);
  const made = new Uint8Array(bytes.length * times);
  for (let at = 0; at < made.length; at += bytes.length) made.set(bytes, at);
  return new PyBytes(made);
}

function join({ bytes: a }: PyBytes, { bytes: b }: PyBytes): PyBytes {
  repetitions(a.length + b.length, 1);
  return new PyBytes(Buffer.concat([a, b]));
}

export const bytesType: PyType<PyBytes> = {
  name: 'bytes',
  length: (self) => self.bytes.length,
  iterate: (self) => self.bytes,
  contains({ bytes }, item, py) {
    if (item instanceof PyBytes) return Buffer.from(bytes).includes(Buffer.from(item.bytes));
    if (isInt(item)) {
      if (item < 0 || item > 255) throw new PyValueError('byte must be in range(0, 256)');
      return bytes.includes(Number(item));
    }
    throw new PyTypeError(`a bytes-like object is required, not '${py.typeName(item)}'`);
  },
  hash: (self) => `b${Buffer.from(self.bytes).toString('hex')}`,
  equals: (self, other) => other instanceof PyBytes && Buffer.compare(self.bytes, other.bytes) === 0,
  compare: (operator, self, other) =>
    other instanceof PyBytes ? holds(operator, Buffer.compare(self.bytes, other.bytes)) : undefined,
  repr: (self) => bytesRepr(self.bytes),
  item: ({ bytes }, key) =>
    key instanceof PySlice
      ? new PyBytes(Uint8Array.from(sliceItems([...bytes], key)))
      : sequenceItem(bytes, key),
  binary(operator, self, other) {
    if (operator === '+' && other instanceof PyBytes) return join(self, other);
    return operator === '*' ? repeat(self, other) : undefined;
  },
  reflected: (operator, self, other) => (operator === '*' ? repeat(self, other) : undefined),
  json: (self) => Buffer.from(self.bytes).toString('utf8'),
};
