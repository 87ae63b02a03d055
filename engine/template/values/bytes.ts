import { PyTypeError } from '../../time/python-error.ts';
import { holds, isInt, isWhole } from './number.ts';
import type { PyType } from './python.ts';
import { sequenceItem } from './sequence.ts';
import { bytesRepr, repetitions } from './text.ts';

export class PyBytes {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

function repeat({ bytes }: PyBytes, count: unknown): PyBytes | undefined {
  if (!isWhole(count)) return undefined;
  return new PyBytes(Buffer.concat(Array.from({ length: repetitions(bytes.length, count) }, () => bytes)));
}

export const bytesType: PyType<PyBytes> = {
  name: 'bytes',
  length: (self) => self.bytes.length,
  iterate: (self) => self.bytes,
  contains({ bytes }, item, py) {
    if (item instanceof PyBytes) return Buffer.from(bytes).includes(Buffer.from(item.bytes));
    if (isInt(item)) return bytes.includes(Number(item));
    throw new PyTypeError(`a bytes-like object is required, not '${py.typeName(item)}'`);
  },
  hash: (self) => `b${Buffer.from(self.bytes).toString('hex')}`,
  equals: (self, other) => other instanceof PyBytes && Buffer.compare(self.bytes, other.bytes) === 0,
  compare: (operator, self, other) =>
    other instanceof PyBytes ? holds(operator, Buffer.compare(self.bytes, other.bytes)) : undefined,
  repr: (self) => bytesRepr(self.bytes),
  item: (self, key) => sequenceItem([...self.bytes], key, (items) => new PyBytes(Uint8Array.from(items))),
  binary(operator, self, other) {
    if (operator === '+' && other instanceof PyBytes)
      return new PyBytes(Buffer.concat([self.bytes, other.bytes]));
    return operator === '*' ? repeat(self, other) : undefined;
  },
  reflected: (operator, self, other) => (operator === '*' ? repeat(self, other) : undefined),
  json: (self) => Buffer.from(self.bytes).toString('utf8'),
};
