import type { Call, PyType } from './python.ts';
import { stringRepr } from './text.ts';

/** An object with methods and fields of Jinja's own: loop, cycler, joiner. */
export interface HelperObject {
  readonly shown: () => string;
  /** JavaScript's undefined where there is none. */
  readonly attribute: (name: string) => unknown;
  readonly call?: Call;
  readonly iterate?: () => Iterable<unknown>;
  readonly length?: () => number;
}

export class PyObject {
  readonly helper: HelperObject;
  constructor(helper: HelperObject) {
    this.helper = helper;
  }
}

export const helperObjectType: PyType<PyObject> = {
  name: 'object',
  length: ({ helper }) => helper.length?.(),
  iterate: ({ helper }) => helper.iterate?.(),
  repr: ({ helper }) => helper.shown(),
  attribute: ({ helper }, name) => helper.attribute(name),
  call: ({ helper }) => helper.call,
};

/** Jinja's namespace(): the only thing whose attributes a template can set. */
export class PyNamespace {
  readonly fields = new Map<string, unknown>();
}

export const namespaceType: PyType<PyNamespace> = {
  name: 'Namespace',
  repr(self, py) {
    const fields = [...self.fields].map(([key, item]) => `${stringRepr(key)}: ${py.repr(item)}`);
    return `<Namespace {${fields.join(', ')}}>`;
  },
  isContainer: true,
  attribute: (self, name) => self.fields.get(name),
};
