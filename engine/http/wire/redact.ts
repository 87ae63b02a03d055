const hidden = '****';

const credentialHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
  'apikey',
  'x-api-token',
  'x-auth-token',
  'x-access-token',
]);

/** A header that commonly carries a credential. */
export function isCredentialHeader(name: string): boolean {
  return credentialHeaders.has(name.toLowerCase());
}

const credentialParam =
  /^(?:access_?token|refresh_?token|id_?token|auth_?token|auth|token|api_?key|key|api_?token|client_?secret|secret|password|passwd|pwd|signature|sig|x-amz-signature|x-amz-credential|x-amz-security-token)$/i;

/** A query parameter that commonly carries a credential. */
export function isCredentialParam(name: string): boolean {
  return credentialParam.test(name);
}

/** Hides what must never be printed. */
export interface Redactor {
  /** Registers a value: from now on it is hidden wherever it occurs, also in its escaped forms. */
  add(secret: string): void;
  /** The text without the registered values. */
  text(text: string): string;
}

/** Anything shorter would be found inside of ordinary words. */
const shortestSecret = 3;

/** Fewer characters of a secret that was cut off say nothing. */
const shortestBeginning = 4;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** A secret as it may be written: escaped for URLs, forms, JSON and HTML, with its white space folded, line by line. */
function formsOf(secret: string): readonly string[] {
  const inUrl = [encodeURIComponent(secret), new URLSearchParams([['', secret]]).toString().slice(1)];
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inHtml = secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  return [
    secret,
    ...inUrl,
    ...inUrl.map((text) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())),
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    inHtml,
    ...['&#39;', '&#x27;', '&apos;'].map((quote) => inHtml.replace(/"/g, '&quot;').replace(/'/g, quote)),
    inHtml.replace(/"/g, '&#34;').replace(/'/g, '&#39;'),
    secret.replace(/\s+/g, ' ').trim(),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : []),
  ];
}

/** Shorter lines of a secret are such as "-----BEGIN". */
const shortestLine = 16;

/** A shorter piece of Base64 could be anything. */
const shortestCore = 8;

/** What is the same in the Base64 of every text that contains the secret, for each of the three places it may begin at. */
function base64Cores(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const cores: string[] = [];
  for (const offset of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    const core = text.slice(Math.ceil((offset * 8) / 6), end);
    if (core.length < shortestCore) continue;
    cores.push(core, core.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return cores;
}

export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const known = new Set<string>();
  const encoded = new Set<string>();
  let pattern: RegExp | undefined;

  function add(secret: string): void {
    if (secret.length < shortestSecret || known.has(secret)) return;
    for (const form of formsOf(secret)) if (form.length >= shortestSecret) known.add(form);
    for (const core of base64Cores(secret)) encoded.add(core);
    pattern = undefined;
  }

  /** The beginning of a secret, where a text was cut off. */
  function withoutCutSecrets(value: string): string {
    if (!value.includes('…')) return value;
    return value
      .split('…')
      .map((part, index, parts) => (index < parts.length - 1 ? withoutEnd(part) : part))
      .join('…');
  }

  function withoutEnd(part: string): string {
    for (const form of known) {
      for (let length = Math.min(form.length - 1, part.length); length >= shortestBeginning; length--) {
        if (part.endsWith(form.slice(0, length))) return part.slice(0, -length) + hidden;
      }
    }
    return part;
  }

  function text(value: string): string {
    if (known.size === 0) return value;
    // The longest first, so that a secret which starts with another one is hidden whole.
    pattern ??= new RegExp(
      [
        // A secret in Base64, with whatever was encoded behind it.
        ...[...encoded].map((core) => `${escaped(core)}[A-Za-z0-9+/_-]*=*`),
        ...[...known].sort((a, b) => b.length - a.length).map(escaped),
      ].join('|'),
      'g',
    );
    return withoutCutSecrets(value.replace(pattern, hidden));
  }

  for (const secret of secrets) add(secret);
  return Object.freeze({ add, text });
}

/** A URL for messages, without user and password and with the values of credential-like parameters hidden. */
export function redactUrl(url: string | URL): string {
  const text = String(url).replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${hidden}@`);
  return text.replace(/([?&;])([^=&;#]+)=([^&;#]*)/g, (whole, separator: string, name: string) =>
    isCredentialParam(decoded(name)) ? `${separator}${name}=${hidden}` : whole,
  );
}

/** For text that may contain URLs, `Bearer …` and `Basic …`, e.g. the message of an error or an API's answer. */
export function redactCredentials(text: string): string {
  return redactUrl(text).replace(/\b(Bearer|Basic)\s+[^\s"]{6,}/gi, `$1 ${hidden}`);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
