import type { PyType } from './python.ts';

/** A generator or iterator: it can be read only once. */
export class PyIterator implements Iterable<unknown> {
  readonly iterator: Iterator<unknown>;
  readonly kind: string;
  constructor(items: Iterable<unknown>, kind = 'generator') {
    this.iterator = items[Symbol.iterator]();
    this.kind = kind;
  }
  [Symbol.iterator](): Iterator<unknown> {
    return this.iterator;
  }
}

export const iteratorType: PyType<PyIterator> = {
  name: 'generator',
  iterate: (self) => self,
  repr: (self) => `<${self.kind} object>`,
};
