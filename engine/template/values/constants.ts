import type { PyType } from './python.ts';

export const noneType: PyType<null | undefined> = {
  name: 'NoneType',
  truth: () => false,
  hash: () => 'none',
  equals: (_self, other) => other === null || other === undefined,
  repr: () => 'None',
  json: (self) => self,
};

export class PyEllipsis {
  readonly shown = 'Ellipsis';
}

export const ellipsis = new PyEllipsis();

export const ellipsisType: PyType<PyEllipsis> = {
  name: 'ellipsis',
  repr: (self) => self.shown,
};

export class PyDecimal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export const decimalType: PyType<PyDecimal> = {
  name: 'Decimal',
  str: (self) => self.text,
  repr: (self) => `Decimal('${self.text}')`,
};

/** What templates are not meant to get: an object of JavaScript's own. */
export const objectType: PyType = { name: 'object', repr: () => '<object>' };
