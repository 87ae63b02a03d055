import { PyLookupError, PyValueError } from '../../time/python-error.ts';
import { itemAt, missingKey } from '../values/mapping.ts';
import type { Keywords, Python } from '../values/python.ts';
import { toAscii } from '../values/text.ts';

interface Arguments {
  readonly positional: readonly unknown[];
  readonly named: (key: string) => unknown;
}

/** str.format: attributes and items go through the sandbox, as everywhere. */
export function formatText(text: string, args: readonly unknown[], keywords: Keywords, py: Python): string {
  return formatWith(text, py, {
    positional: args,
    named: (key) => (Object.hasOwn(keywords, key) ? keywords[key] : missingKey(`'${key}'`)),
  });
}

export function formatMap(text: string, mapping: unknown, py: Python): string {
  return formatWith(text, py, { positional: [], named: (key) => itemAt(mapping, key, py) });
}

function formatWith(text: string, py: Python, given: Arguments): string {
  let automatic: number | 'manual' = 0;
  const expand = (template: string, depth: number): string => {
    if (depth < 0) throw new PyValueError('Max string recursion exceeded');
    let out = '';
    for (let at = 0; at < template.length; ) {
      const character = template[at] ?? '';
      if (character !== '{' && character !== '}') {
        out += character;
        at += 1;
        continue;
      }
      if (template[at + 1] === character) {
        out += character;
        at += 2;
        continue;
      }
      if (character === '}') throw new PyValueError("Single '}' encountered in format string");
      const end = closingBrace(template, at);
      out += field(template.slice(at + 1, end), depth);
      at = end + 1;
    }
    return out;
  };
  const field = (body: string, depth: number): string => {
    const cut = body.search(/[:!]/);
    const name = cut === -1 ? body : body.slice(0, cut);
    let rest = cut === -1 ? '' : body.slice(cut);
    let conversion = '';
    if (rest.startsWith('!')) {
      conversion = rest[1] ?? '';
      if (conversion === '') throw new PyValueError("unmatched '{' in format spec");
      if (rest.length > 2 && rest[2] !== ':')
        throw new PyValueError("expected ':' after conversion specifier");
      rest = rest.slice(2);
    }
    const value = converted(lookUp(name), conversion, py);
    return py.format(value, expand(rest.slice(1), depth - 1));
  };
  const lookUp = (name: string): unknown => {
    const first = /^[^.[]*/.exec(name)?.[0] ?? '';
    let value: unknown;
    if (first === '' || /^\d+$/.test(first)) value = positional(first);
    else value = given.named(first);
    const path = /\.([^.[]*)|\[([^\]]*)\]|([\s\S])/g;
    for (const match of name.slice(first.length).matchAll(path)) {
      if (match[3] !== undefined)
        throw new PyValueError("Only '.' or '[' may follow ']' in format field specifier");
      if (match[1] === '' || match[2] === '') throw new PyValueError('Empty attribute in format string');
      value =
        match[1] !== undefined
          ? py.getAttribute(value, match[1])
          : py.getItem(value, /^\d+$/.test(match[2] ?? '') ? Number(match[2]) : match[2]);
    }
    return value;
  };
  const positional = (digits: string): unknown => {
    if (digits === '') {
      if (automatic === 'manual') {
        throw new PyValueError('cannot switch from manual field specification to automatic field numbering');
      }
      automatic += 1;
      return argument(automatic - 1);
    }
    if (automatic !== 'manual' && automatic > 0) {
      throw new PyValueError('cannot switch from automatic field numbering to manual field specification');
    }
    automatic = 'manual';
    return argument(Number(digits));
  };
  const argument = (index: number): unknown => {
    const args = given.positional;
    if (index < args.length) return args[index];
    throw new PyLookupError(
      `Replacement index ${index} out of range for positional args tuple`,
      'IndexError',
    );
  };
  return expand(text, 2);
}

function closingBrace(template: string, open: number): number {
  let depth = 0;
  for (let at = open; at < template.length; at++) {
    if (template[at] === '[' && depth === 1) {
      const close = template.indexOf(']', at);
      if (close !== -1) at = close;
    } else if (template[at] === '{') depth += 1;
    else if (template[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw new PyValueError(
    open === template.length - 1
      ? "Single '{' encountered in format string"
      : "expected '}' before end of string",
  );
}

function converted(value: unknown, conversion: string, py: Python): unknown {
  switch (conversion) {
    case '':
      return value;
    case 's':
      return py.str(value);
    case 'r':
      return py.repr(value);
    case 'a':
      return toAscii(py.repr(value));
    default:
      throw new PyValueError(`Unknown conversion specifier '${conversion}'`);
  }
}
