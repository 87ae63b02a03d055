/** Shorter secrets are too much like words to be looked for in what is left of them. */
const shortest = 12;

/** A shorter half could be a word. */
const shortestHalf = 8;

/** How else a secret may be written as a text: as templates and people write it who do not mean to hide it. */
export function formsOf(secret: string): readonly string[] {
  const forms = [secret.normalize('NFC'), secret.normalize('NFD'), Buffer.from(secret).toString('latin1')];
  if (secret.length >= shortest)
    forms.push(
      secret.toUpperCase(),
      secret.toLowerCase(),
      [...secret].reverse().join(''),
      ...halvesOf(secret),
    );
  return [...new Set(forms)].filter((form) => form !== secret);
}

/** Halves that no word looks like. */
function halvesOf(secret: string): readonly string[] {
  const middle = Math.ceil(secret.length / 2);
  return [secret.slice(0, middle), secret.slice(middle)].filter(
    (half) => half.length >= shortestHalf && /\d/.test(half) && /[A-Za-z]/.test(half),
  );
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What is the same in the Base32 of every text that contains the secret, for each of the five places it may begin at. */
export function base32Cores(secret: string): readonly string[] {
  if (secret.length < shortest) return [];
  const bytes = Buffer.from(secret);
  return [0, 1, 2, 3, 4].map((offset) => {
    const text = base32(Buffer.concat([Buffer.alloc(offset), bytes]));
    const end = Math.floor(((offset + bytes.length) * 8) / 5);
    return text.slice(Math.ceil((offset * 8) / 5), end);
  });
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += digits[(held >> (bits - 5)) & 31];
  }
  return text;
}
