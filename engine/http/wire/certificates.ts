import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectorError } from '../../error/connector-error.ts';
import { messageOf } from '../../util/text/message-of.ts';
import type { Environment } from './transport-settings.ts';

const names = ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE'];

/**
 * The certificates that are trusted in place of Node's own, when the environment names a file (or a folder) of them as
 * it does for Python and curl: the first of the three variables that is set. What `NODE_EXTRA_CA_CERTS` names is
 * trusted besides. Throws ConnectorError (config_error).
 */
export function trustedCertificates(env: Environment): string[] | undefined {
  const name = names.find((variable) => env[variable]);
  const path = name && env[name];
  if (!name || !path) return undefined;
  const extra = env.NODE_EXTRA_CA_CERTS;
  return [...read(name, path), ...(extra ? read('NODE_EXTRA_CA_CERTS', extra) : [])];
}

function read(name: string, path: string): string[] {
  try {
    const files = statSync(path).isDirectory() ? readdirSync(path).map((file) => join(path, file)) : [path];
    const texts = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'utf8'));
    const certificates = texts.filter((text) => text.includes('-----BEGIN'));
    if (certificates.length > 0) return certificates;
    throw new Error('there is no certificate in it');
  } catch (cause) {
    throw new ConnectorError(
      `The certificates that ${name} names ("${path}") cannot be read: ${messageOf(cause)}. Name a file of certificates in PEM form there, or take the variable out of the environment.`,
      { kind: 'config_error', cause },
    );
  }
}
