/** Beginnings that only credentials have. */
const knownSecrets: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/, 'a JSON web token'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}/, 'an API key'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{30,}/, 'an access token'],
  [/\bglpat-[A-Za-z0-9_-]{16,}/, 'an access token'],
  [/\bxox[abposr]-[A-Za-z0-9-]{10,}/, 'an access token'],
  [/\bAKIA[A-Z0-9]{16}\b/, 'an access key'],
  [/\bAIza[A-Za-z0-9_-]{30,}/, 'an API key'],
  [/\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/, 'an API key'],
  [/\b(?:Bearer|Basic)\s+[A-Za-z0-9+/._~-]{12,}=*/, 'a credential'],
];

const run = /[A-Za-z0-9+/_-]{28,}={0,2}/g;

/** Bits per character. English has about 4.1 with its spaces; keys of 32 characters and more have 4.3 and above. */
const leastEntropy = 4.25;

/**
 * What looks like a secret in a text, in words that do not repeat it; undefined when nothing does. Digests in hex, UUIDs
 * and numbers are ids, and Base64 of something legible (as page tokens are) is looked at as that.
 */
export function suspicionOf(text: string): string | undefined {
  for (const [pattern, what] of knownSecrets) if (pattern.test(text)) return what;
  for (const [found] of text.matchAll(run)) {
    if (!isMixed(found)) continue;
    const legible = decoded(found);
    if (legible !== undefined) {
      const inner = suspicionOf(legible);
      if (inner !== undefined) return `${inner} in Base64`;
    } else if (entropyOf(found) >= leastEntropy) {
      return `${found.length} characters without any pattern`;
    }
  }
  return undefined;
}

/** Keys mix capital and small letters with digits; words, paths and hex do not. */
function isMixed(text: string): boolean {
  if (/[A-Z]/.test(text) === false || /[a-z]/.test(text) === false || /\d/.test(text) === false) return false;
  return !text.split(/[/_-]/).every((part) => part.length < 16);
}

function decoded(text: string): string | undefined {
  const plain = Buffer.from(text, 'base64').toString('utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(plain) ? undefined : plain;
}

function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
