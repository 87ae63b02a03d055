import { PyTypeError } from '../../time/python-error.ts';
import { PyBytes } from '../values/bytes.ts';
import type { Method, Methods } from '../values/python.ts';
import { textOf } from '../values/text.ts';
import { PyTuple } from '../values/tuple.ts';
import { stringMethods } from './string-methods.ts';
import { decodeBytes } from './text-encoding.ts';

/** Bytes above 127 become characters that are no letters, digits or spaces, as they are none to bytes' methods. */
const privateUse = 0xe000;

function toText({ bytes }: PyBytes): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte < 128 ? byte : privateUse + byte);
  return text;
}

function toBytes(text: string): PyBytes {
  return new PyBytes(
    Uint8Array.from(text, (character) => {
      const code = character.charCodeAt(0);
      return code < privateUse ? code : code - privateUse;
    }),
  );
}

function asText(value: unknown): unknown {
  if (value instanceof PyBytes) return toText(value);
  if (textOf(value) !== undefined) throw new PyTypeError("a bytes-like object is required, not 'str'");
  return Array.isArray(value) ? value.map((item) => (item instanceof PyBytes ? toText(item) : null)) : value;
}

function asBytes(value: unknown): unknown {
  if (typeof value === 'string') return toBytes(value);
  if (Array.isArray(value)) return value.map(asBytes);
  return value instanceof PyTuple ? new PyTuple(value.items.map(asBytes)) : value;
}

/** A method of str, over bytes. */
function overBytes([parameters, body]: Method<string>): Method<PyBytes> {
  return [parameters, (self, args, py) => asBytes(body(toText(self), args.map(asText), py))];
}

const notOfBytes = new Set(
  'encode format format_map isidentifier isprintable isnumeric isdecimal casefold'.split(' '),
);

/** The methods of bytes are those of str over Latin-1, except for decode and hex. */
export const bytesMethods: Methods<PyBytes> = {
  ...Object.fromEntries(
    Object.entries(stringMethods)
      .filter(([name]) => !notOfBytes.has(name))
      .map(([name, method]) => [name, overBytes(method)]),
  ),
  decode: [
    ['encoding?', 'errors?'],
    (self, [encoding, errors]) => decodeBytes(self.bytes, textOf(encoding), textOf(errors)),
  ],
  hex: [['*args'], (self) => Buffer.from(self.bytes).toString('hex')],
};
