import { isObject, type JsonObject } from '../util/json/json.ts';

/**
 * The config with other secrets of the same shape: each letter and each digit is the next one. What comes out otherwise
 * with this config says something of a secret, be it only a piece of one.
 */
export function withOtherSecrets(config: unknown, secrets: readonly string[]): unknown {
  const known = new Set(secrets);
  function walk(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(walk);
    if (isObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, walk(item)]),
      ) as JsonObject;
    if (!known.has(String(value))) return value;
    return typeof value === 'number' ? Number(otherText(String(value))) : otherText(String(value));
  }
  return walk(config);
}

function otherText(text: string): string {
  return [...text].map(otherCharacter).join('');
}

function otherCharacter(character: string): string {
  if (character === 'z' || character === 'Z') return character === 'z' ? 'a' : 'A';
  if (character === '9') return '1';
  return /[a-zA-Z0-8]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 1) : character;
}
