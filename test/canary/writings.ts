/** Stands at both ends of each secret, so that a piece of one is found too. */
const mark = 'c4na';

/** Secrets with what needs escaping somewhere, by the field of the config that holds them. */
export const secrets = {
  api_key: `${mark}K3y"/+&<é> '%\\z${mark}`,
  password: `${mark}:p@ss w0rd/?#and more of it ${mark}`,
  private_key: `-----BEGIN KEY-----\n${mark}MIIBVgIBADANBgkq/+hkiG9w0BAQEF${mark}\n${mark}AASCAUAwggE8AgEAAkEA0ts${mark}\n-----END KEY-----`,
} as const;

/** What logins answer, and what a signed token says: nobody knows it before. */
export const handedOut = {
  access: `${mark}.access-8843xyzQQ${mark}`,
  refresh: `${mark}.refresh-77aa99${mark}`,
  session: `${mark}SESS-0123-abcdef-XYZ${mark}`,
  /** A template, since a manifest may be shown. */
  issuer: `{{ '${mark.slice(0, 2)}' ~ '${mark.slice(2)}-issuer' }}`,
} as const;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const ascii = (text: string, write: (code: number) => string) =>
  text.replace(/[^ -~]/g, (character) => write(character.charCodeAt(0)));
const everyCharacter = (text: string, write: (code: number) => string) =>
  [...text].map((character) => write(character.charCodeAt(0))).join('');
const html = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** Every way in which an API, a library or we ourselves may write a secret. */
const writings: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  base64,
  'base64 of user:secret': (secret) => base64(`someone:${secret}`),
  'base64 for URLs': (secret) => Buffer.from(`{"k":"${secret}"}`).toString('base64url'),
  'base64, no padding': (secret) => base64(secret).replace(/=+$/, ''),
  'base64 twice': (secret) => base64(base64(`someone:${secret}`)),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'hex, capitals': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'JavaScript, each character': (secret) => everyCharacter(secret, (code) => `\\u{${code.toString(16)}}`),
  'JSON, each character': (secret) =>
    everyCharacter(secret, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
  'percent with u, each character': (secret) =>
    everyCharacter(secret, (code) => `%u${code.toString(16).padStart(4, '0')}`),
  'Python, each byte': (secret) => Buffer.from(secret).toString('hex').replace(/../g, '\\x$&'),
  Basic: (secret) => `Basic ${base64(`someone:${secret}`)}`,
  Bearer: (secret) => `Bearer ${secret}`,
  'percent, upper': encodeURIComponent,
  'percent, lower': (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  'percent, twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'percent, every byte': (secret) => Buffer.from(secret).toString('hex').replace(/../g, '%$&'),
  form: (secret) => new URLSearchParams([['q', secret]]).toString(),
  HTML: html,
  'HTML with codes': (secret) => ascii(html(secret).replaceAll("'", '&#39;'), (code) => `&#${code};`),
  JSON: inJson,
  'JSON in ASCII': (secret) =>
    ascii(inJson(secret), (code) => `\\u${code.toString(16).padStart(4, '0')}`).replaceAll('/', '\\/'),
  'JSON in JSON': (secret) => inJson(inJson(secret)),
  'HTML, each character': (secret) => everyCharacter(secret, (code) => `&#x${code.toString(16)};`),
  'octal, each byte': (secret) =>
    [...Buffer.from(secret)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  'quoted-printable, each byte': (secret) =>
    Buffer.from(secret).toString('hex').toUpperCase().replace(/../g, '=$&'),
  folded: (secret) => secret.replace(/\s+/g, ' '),
};

export const writingNames = Object.keys(writings);

export function write(name: string, secret: string): string {
  return (writings[name] as (secret: string) => string)(secret);
}

/** A text that holds each secret in each writing. */
export function everyWriting(): string {
  return writingNames
    .flatMap((name) => Object.values(secrets).map((secret) => write(name, secret)))
    .join(' ; ');
}

/** Undoes what writings do, without knowing which it was. */
function undone(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (codes) => Buffer.from(codes.replaceAll('%', ''), 'hex').toString())
    .replace(/(?:\\x[0-9a-f]{2})+/gi, (codes) => Buffer.from(codes.replaceAll('\\x', ''), 'hex').toString())
    .replace(/(?:%u|\\u\{)([0-9a-f]{1,4})\}?/gi, (_whole, code) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replace(/(?:[0-9a-f]{2}){8,}/gi, (codes) => {
      const plain = Buffer.from(codes, 'hex').toString();
      return plain.includes(mark) ? plain : codes;
    })
    .replace(/(?:\\[0-3][0-7]{2})+/g, (codes) =>
      Buffer.from(
        codes
          .slice(1)
          .split('\\')
          .map((code) => Number.parseInt(code, 8)),
      ).toString(),
    )
    .replace(/(?:=[0-9A-F]{2})+/g, (codes) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString())
    .replace(/&#x([0-9a-f]+);/gi, (_whole, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_whole, code) => String.fromCodePoint(Number(code)))
    .replace(/\\u([0-9a-f]{4})/gi, (_whole, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(["\\/])/g, '$1');
}

/** A run of Base64 that holds a piece of a secret. */
function runIn(text: string): string | undefined {
  const isSecret = (run: string, depth = 0): boolean =>
    [0, 1, 2, 3].some((start) => {
      const plain = Buffer.from(run.slice(start), 'base64').toString('latin1');
      const inner = depth === 0 ? plain.match(/[A-Za-z0-9+/_-]{8,}/g) : null;
      return plain.includes(mark) || (inner?.some((each) => isSecret(each, 1)) ?? false);
    });
  for (const { 0: run, index } of text.matchAll(/[A-Za-z0-9+/_-]{8,}/g))
    if (isSecret(run)) return text.slice(Math.max(0, index - 150), index + run.length + 60);
  return undefined;
}

/** Where a piece of a secret stands in a text, however it is written; undefined when there is none. */
export function leakIn(text: string): string | undefined {
  let plain = text;
  for (let turn = 0; turn < 4; turn++) {
    const at = plain.indexOf(mark);
    if (at >= 0) return JSON.stringify(plain.slice(Math.max(0, at - 150), at + 60));
    const run = runIn(plain);
    if (run !== undefined) return `in Base64: ${JSON.stringify(run)}`;
    plain = undone(plain);
  }
  return undefined;
}
