import { PyTypeError, PyValueError } from '../time/python-error.ts';
import type { Method } from './method-table.ts';
import { bind } from './python-call.ts';
import { PyBytes, PyTuple, textOf } from './python-types.ts';
import { callStringMethod, hasStringMethod } from './string-methods.ts';

/** Strict UTF-8, ASCII or Latin-1; throws UnicodeDecodeError. */
export function decodeBytes(bytes: Uint8Array, encoding = 'utf-8', errors = 'strict'): string {
  const name = encoding.toLowerCase().replaceAll('_', '-');
  if (['latin-1', 'latin1', 'iso-8859-1'].includes(name)) return Buffer.from(bytes).toString('latin1');
  const isAscii = name === 'ascii';
  try {
    if (isAscii && bytes.some((byte) => byte > 127)) throw new Error('not ASCII');
    return new TextDecoder('utf-8', { fatal: errors === 'strict', ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PyValueError(`'${name}' codec can't decode byte: invalid data`, 'UnicodeDecodeError');
  }
}

/** Bytes above 127 become characters that are no letters, digits or spaces, as they are none to bytes' methods. */
const privateUse = 0xe000;
const latin = (bytes: Uint8Array) =>
  String.fromCharCode(...[...bytes].map((byte) => (byte < 128 ? byte : privateUse + byte)));
const back = (text: string) =>
  new PyBytes(
    Uint8Array.from(text, (character) => {
      const code = character.charCodeAt(0);
      return code < privateUse ? code : code - privateUse;
    }),
  );

/** The methods of bytes are those of str over Latin-1, except for decode and hex. */
export function bytesMethod(self: PyBytes, name: string): Method | undefined {
  if (name === 'decode') {
    return (args, keywords) => {
      const [encoding, errors] = bind('decode', ['encoding?', 'errors?'], args, keywords);
      return decodeBytes(self.bytes, textOf(encoding), textOf(errors));
    };
  }
  if (name === 'hex') return () => Buffer.from(self.bytes).toString('hex');
  if (
    !hasStringMethod(name) ||
    [
      'encode',
      'format',
      'format_map',
      'isidentifier',
      'isprintable',
      'isnumeric',
      'isdecimal',
      'casefold',
    ].includes(name)
  ) {
    return undefined;
  }
  return (args, keywords) => {
    const unwrapped = args.map((each) => {
      if (each instanceof PyBytes) return latin(each.bytes);
      if (textOf(each) !== undefined) throw new PyTypeError("a bytes-like object is required, not 'str'");
      return Array.isArray(each)
        ? each.map((item) => (item instanceof PyBytes ? latin(item.bytes) : null))
        : each;
    });
    return wrap(callStringMethod(latin(self.bytes), name, unwrapped, keywords));
  };
}

function wrap(value: unknown): unknown {
  if (typeof value === 'string') return back(value);
  if (Array.isArray(value)) return value.map(wrap);
  return value instanceof PyTuple ? new PyTuple(value.items.map(wrap)) : value;
}
