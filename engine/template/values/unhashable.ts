import { PyTypeError } from '../../time/python-error.ts';

/** For types whose values are no keys. */
export function unhashable(typeName: string): () => never {
  return () => {
    throw new PyTypeError(`unhashable type: '${typeName}'`);
  };
}
