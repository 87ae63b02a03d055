import { PyTypeError } from '../../time/python-error.ts';
import { bind } from '../values/bind.ts';
import { PyFunction } from '../values/function.ts';
import { PyObject } from '../values/helper-object.ts';
import { Undefined } from '../values/undefined.ts';

/** What `loop` is inside a `for`. */
export function loopObject(
  items: readonly unknown[],
  depth: number,
  recurse: ((items: unknown) => unknown) | undefined,
): { readonly loop: PyObject; readonly move: (index: number) => void } {
  let index = 0;
  let changing: readonly unknown[] | undefined;
  const cycle = new PyFunction('cycle', (args) => {
    if (args.length === 0) throw new PyTypeError('no items for cycling given');
    return args[index % args.length];
  });
  const changed = new PyFunction('changed', (args, _keywords, py) => {
    const same = changing !== undefined && py.equals(changing, args);
    changing = args;
    return !same;
  });
  const neighbour = (at: number, what: string) =>
    at in items ? items[at] : new Undefined(`there is no ${what} item`);
  const attribute = (name: string): unknown => {
    switch (name) {
      case 'index':
        return index + 1;
      case 'index0':
        return index;
      case 'revindex':
        return items.length - index;
      case 'revindex0':
        return items.length - index - 1;
      case 'first':
        return index === 0;
      case 'last':
        return index === items.length - 1;
      case 'length':
        return items.length;
      case 'depth':
        return depth + 1;
      case 'depth0':
        return depth;
      case 'previtem':
        return neighbour(index - 1, 'previous');
      case 'nextitem':
        return neighbour(index + 1, 'next');
      case 'cycle':
        return cycle;
      case 'changed':
        return changed;
      default:
        return undefined;
    }
  };
  const loop = new PyObject({
    shown: () => `<LoopContext ${index + 1}/${items.length}>`,
    attribute,
    length: () => items.length,
    call: (args, keywords) => {
      const [value] = bind('loop', ['iterable'], args, keywords);
      if (recurse === undefined) {
        throw new PyTypeError("The loop must have the 'recursive' marker to be called recursively.");
      }
      return recurse(value);
    },
  });
  return {
    loop,
    move: (to) => {
      index = to;
    },
  };
}
