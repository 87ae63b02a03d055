import { PyTypeError, PythonError } from '../../time/python-error.ts';
import { entriesOf } from '../methods/dict-methods.ts';
import { keywordsOf, restOf } from '../methods/method-parts.ts';
import { bind } from '../values/bind.ts';
import { costs } from '../values/budget.ts';
import { dictOf } from '../values/dict.ts';
import { PyFunction } from '../values/function.ts';
import { PyNamespace, PyObject } from '../values/helper-object.ts';
import type { Python } from '../values/python.ts';
import { PyMarkup } from '../values/text.ts';
import { PyTuple } from '../values/tuple.ts';
import type { Builtin, Builtins } from './builtin.ts';
import { macros } from './macros.ts';

type Args = readonly unknown[];

function cycler([given]: Args): PyObject {
  const items = restOf(given);
  if (items.length === 0) throw new PythonError('at least one item has to be provided', 'RuntimeError');
  let position = 0;
  const next = new PyFunction('next', () => {
    const item = items[position];
    position = (position + 1) % items.length;
    return item;
  });
  const reset = new PyFunction('reset', () => {
    position = 0;
    return null;
  });
  return new PyObject({
    shown: () => '<jinja2.utils.Cycler object>',
    attribute(name) {
      switch (name) {
        case 'next':
          return next;
        case 'reset':
          return reset;
        case 'current':
          return items[position];
        case 'pos':
          return position;
        case 'items':
          return new PyTuple(items);
        default:
          return undefined;
      }
    },
  });
}

function joiner([separator = ', ']: Args): PyObject {
  let used = false;
  return new PyObject({
    shown: () => '<jinja2.utils.Joiner object>',
    attribute: (name) => (name === 'sep' ? separator : name === 'used' ? used : undefined),
    call: () => {
      if (used) return separator;
      used = true;
      return '';
    },
  });
}

const words = 'lorem ipsum dolor sit amet consectetuer adipiscing elit a ac accumsan ad aenean aliquam'.split(
  ' ',
);

function lipsum([count = 5, html = true]: Args, py: Python): unknown {
  const { random } = py.environment;
  const paragraph = () => {
    const text = Array.from(
      { length: 20 + Math.floor(random() * 80) },
      () => words[Math.floor(random() * words.length)],
    ).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const paragraphs = Array.from({ length: Math.min(Number(count), 100) }, paragraph);
  return py.truth(html)
    ? new PyMarkup(paragraphs.map((each) => `<p>${each}</p>`).join('\n'))
    : paragraphs.join('\n\n');
}

/** The entries that dict() and namespace() take: those of the arguments, and the keywords. */
function givenEntries([args, fields]: Args, py: Python): readonly (readonly [unknown, unknown])[] {
  const entries = restOf(args).flatMap((source) => entriesOf(source, py));
  py.spend(entries.length * costs.entry);
  return [...entries, ...Object.entries(keywordsOf(fields))];
}

function dict(args: Args, py: Python): unknown {
  const [sources] = args;
  const count = restOf(sources).length;
  if (count > 1) throw new PyTypeError(`dict expected at most 1 argument, got ${count}`);
  return dictOf([...new Map(givenEntries(args, py))], py);
}

function namespace(args: Args, py: Python): PyNamespace {
  const made = new PyNamespace();
  for (const [key, value] of givenEntries(args, py)) made.fields.set(String(key), value);
  return made;
}

/** Jinja's own types that a template can call, with how they print and their attributes. */
interface Class extends Builtin {
  readonly shown: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

const fromKeys = new PyFunction('fromkeys', (args, keywords, py) =>
  py.call(py.getAttribute({}, 'fromkeys'), args, keywords),
);

const classes: Readonly<Record<string, Class>> = {
  dict: {
    parameters: ['*sources', '**fields'],
    run: dict,
    shown: "<class 'dict'>",
    attributes: { fromkeys: fromKeys },
  },
  cycler: { parameters: ['*items'], run: cycler, shown: "<class 'jinja2.utils.Cycler'>" },
  joiner: { parameters: ['sep?'], run: joiner, shown: "<class 'jinja2.utils.Joiner'>" },
  namespace: {
    parameters: ['*sources', '**fields'],
    run: namespace,
    shown: "<class 'jinja2.utils.Namespace'>",
  },
};

const functions: Builtins = {
  ...macros,
  lipsum: { parameters: ['n?', 'html?', 'min?', 'max?'], run: lipsum },
};

function functionOf(
  name: string,
  { parameters, run, shown, attributes }: Partial<Class> & Builtin,
): PyFunction {
  return new PyFunction(
    name,
    (args, keywords, py) => {
      py.spend(costs.function);
      py.spendOn(args);
      const made = run(bind(name, parameters, args, keywords), py);
      py.spendOn([made]);
      return made;
    },
    shown,
    attributes,
  );
}

/** What every template knows by name: Jinja's callables and the manifest language's macros. */
export const globals: ReadonlyMap<string, unknown> = new Map(
  Object.entries({ ...functions, ...classes }).map(([name, builtin]) => [name, functionOf(name, builtin)]),
);
