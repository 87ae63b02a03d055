import { PyTypeError } from '../time/python-error.ts';
import { dictMethod, entriesOf } from './container-methods.ts';
import type { Environment } from './environment.ts';
import { macrosOf } from './macros.ts';
import { bind } from './python-call.ts';
import { dictOf } from './python-dict.ts';
import { pyTruth } from './python-logic.ts';
import { PyFunction, PyMarkup, PyNamespace, PyObject } from './python-types.ts';

function cycler(items: readonly unknown[]): PyObject {
  if (items.length === 0) throw new PyTypeError('at least one item has to be provided', 'RuntimeError');
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
    shown: '<jinja2.utils.Cycler object>',
    attribute: (name) =>
      name === 'next'
        ? next
        : name === 'reset'
          ? reset
          : name === 'current'
            ? items[position]
            : name === 'pos'
              ? position
              : name === 'items'
                ? items
                : undefined,
  });
}

function joiner(separator: unknown): PyObject {
  let used = false;
  return new PyObject({
    shown: '<jinja2.utils.Joiner object>',
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

function lipsum({ random }: Environment, count: unknown = 5, html: unknown = true): unknown {
  const paragraph = () => {
    const text = Array.from(
      { length: 20 + Math.floor(random() * 80) },
      () => words[Math.floor(random() * words.length)],
    ).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const paragraphs = Array.from({ length: Math.min(Number(count), 100) }, paragraph);
  return pyTruth(html)
    ? new PyMarkup(paragraphs.map((each) => `<p>${each}</p>`).join('\n'))
    : paragraphs.join('\n\n');
}

const dict = new PyFunction(
  'dict',
  (args, keywords) => {
    if (args.length > 1) throw new PyTypeError(`dict expected at most 1 argument, got ${args.length}`);
    return dictOf([...new Map([...args.flatMap(entriesOf), ...Object.entries(keywords)])]);
  },
  "<class 'dict'>",
  { fromkeys: new PyFunction('fromkeys', (args, keywords) => dictMethod({}, 'fromkeys')?.(args, keywords)) },
);

/** Names every template knows: Jinja's callables and the manifest language's macros. */
export function globalsOf(environment: Environment): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ...macrosOf(environment),
    ['dict', dict],
    ['cycler', new PyFunction('cycler', (args) => cycler(args), "<class 'jinja2.utils.Cycler'>")],
    [
      'joiner',
      new PyFunction(
        'joiner',
        (args, keywords) => joiner(bind('joiner', ['sep?'], args, keywords)[0] ?? ', '),
        "<class 'jinja2.utils.Joiner'>",
      ),
    ],
    [
      'namespace',
      new PyFunction(
        'namespace',
        (args, keywords) => {
          const made = new PyNamespace();
          for (const [key, value] of [...args.flatMap(entriesOf), ...Object.entries(keywords)])
            made.fields.set(String(key), value);
          return made;
        },
        "<class 'jinja2.utils.Namespace'>",
      ),
    ],
    [
      'lipsum',
      new PyFunction('lipsum', (args, keywords) =>
        lipsum(environment, ...bind('lipsum', ['n?', 'html?', 'min?', 'max?'], args, keywords)),
      ),
    ],
  ]);
}

/** Their names alone, for the check of undeclared names. */
export const globalNames: ReadonlySet<string> = new Set([
  ...'now_utc today_utc today_with_timezone timestamp max min day_delta duration format_datetime'.split(' '),
  ...'str_to_datetime sanitize_url camel_case_to_snake_case generate_uuid dict cycler joiner namespace lipsum'.split(
    ' ',
  ),
]);
