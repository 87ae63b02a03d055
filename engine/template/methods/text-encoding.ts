import { PyLookupError, PyValueError } from '../../time/python-error.ts';

/** Throws UnicodeEncodeError, and LookupError for an encoding that is not known. */
export function encodeText(text: string, encoding = 'utf-8', errors = 'strict'): Uint8Array {
  const name = encoding.toLowerCase().replaceAll('_', '-');
  const limit =
    name === 'ascii' || name === 'us-ascii'
      ? 0x7f
      : ['latin-1', 'latin1', 'iso-8859-1'].includes(name)
        ? 0xff
        : undefined;
  if (limit === undefined) {
    if (name !== 'utf-8' && name !== 'utf8')
      throw new PyLookupError(`unknown encoding: ${encoding}`, 'LookupError');
    if (/\p{Cs}/u.test(text) && errors === 'strict') {
      throw new PyValueError(
        "'utf-8' codec can't encode character: surrogates not allowed",
        'UnicodeEncodeError',
      );
    }
    return Buffer.from(text, 'utf8');
  }
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code <= limit) bytes.push(code);
    else if (errors === 'replace') bytes.push(63);
    else if (errors !== 'ignore') {
      throw new PyValueError(`'${name}' codec can't encode character '${character}'`, 'UnicodeEncodeError');
    }
  }
  return Uint8Array.from(bytes);
}

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
