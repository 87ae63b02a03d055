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

export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const known = new Set<string>();
  let pattern: RegExp | undefined;

  function add(secret: string): void {
    if (secret.length < shortestSecret || known.has(secret)) return;
    const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
    for (const form of [secret, encodeURIComponent(secret), inForm, JSON.stringify(secret).slice(1, -1)])
      known.add(form);
    pattern = undefined;
  }

  function text(value: string): string {
    if (known.size === 0) return value;
    // The longest first, so that a secret which starts with another one is hidden whole.
    pattern ??= new RegExp(
      [...known]
        .sort((a, b) => b.length - a.length)
        .map((secret) => secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('|'),
      'g',
    );
    return value.replace(pattern, hidden);
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
  return redactUrl(text).replace(/\b(Bearer|Basic)\s+[A-Za-z0-9\-._~+/]{6,}=*/gi, `$1 ${hidden}`);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
