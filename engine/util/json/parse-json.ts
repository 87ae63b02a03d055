import { parse } from 'lossless-json';

/** Finds a number with so many digits that a double may not hold it. May be wrong about text, never about numbers. */
const longInteger = /(?:^|[:[,])\s*-?\d{16}/;

const number = /^-?\d+$/;

/**
 * Parses JSON. Integers beyond 2^53 become bigints; the slower parser for them runs only where there may be one. `NaN`
 * and `Infinity`, which Python's JSON writes, are read as null. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  try {
    return parseStandard(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return parseStandard(
      text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/gs, (token) =>
        token[0] === '"' ? token : 'null',
      ),
    );
  }
}

function parseStandard(text: string): unknown {
  return longInteger.test(text) ? parseExact(text) : JSON.parse(text);
}

function parseExact(text: string): unknown {
  // Repeated keys: the last one counts, as in JSON.parse.
  return parse(text, undefined, { parseNumber: toNumber, onDuplicateKey: ({ newValue }) => newValue });
}

function toNumber(text: string): number | bigint {
  const value = Number(text);
  return number.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value;
}
