import { Client } from 'pg';
import { ConnectorError } from '../../error/connector-error.ts';
import { messageOf } from '../../util/text/message-of.ts';
import type { PostgresAddress } from './read-address.ts';
import { type Tls, waysToConnect } from './tls.ts';

/** Milliseconds for a connection to be made, unless the address has a `connect_timeout` of seconds. */
const usualTimeout = 30_000;

/** A connection, by TLS as the address says. Throws ConnectorError (config_error) that says why there is none. */
export async function connect(address: PostgresAddress): Promise<Client> {
  const ways = await waysToConnect(address);
  let failure: unknown;
  for (const way of ways) {
    try {
      return await connectBy(way, address);
    } catch (error) {
      // The first one says more: that there is no TLS, or none is wanted, is only why there is another way.
      failure = failure === undefined || isAboutTls(failure) ? error : failure;
      if (!isAboutTls(error)) break;
    }
  }
  throw notReached(address.name, failure);
}

async function connectBy(
  ssl: Tls,
  { connectionString, connectTimeout, tls }: PostgresAddress,
): Promise<Client> {
  const client = new Client({
    connectionString,
    application_name: 'manifold',
    ssl,
    ...(ssl !== false && tls.sslnegotiation === 'direct' && { sslnegotiation: 'direct' }),
    // What has gone without a word is noticed, in the end.
    keepAlive: true,
    connectionTimeoutMillis: connectTimeout ?? usualTimeout,
  });
  // What goes wrong later is told by the statement that meets it.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** The server has no TLS, or takes nobody without it. */
function isAboutTls(error: unknown): boolean {
  return /does not support SSL connections|no encryption|SSL off/.test(messageOf(error));
}

const trust =
  'Give the certificate of its authority in the address (sslrootcert=FILE), or encrypt without knowing with whom: sslmode=require, and no sslrootcert';

/** What to do, by codes of Node and of PostgreSQL. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused. Is the server running, and does it listen there?',
  ENOTFOUND: 'the host name is not known.',
  CERT_HAS_EXPIRED: `its certificate has expired. ${trust}.`,
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another host. Use the name that it is for, or with sslrootcert=FILE sslmode=verify-ca, which takes any host of that authority.',
  DEPTH_ZERO_SELF_SIGNED_CERT: `its certificate is signed by itself, and not one that is trusted. ${trust}.`,
  SELF_SIGNED_CERT_IN_CHAIN: `its certificate is from an authority that is not trusted. ${trust}.`,
  UNABLE_TO_GET_ISSUER_CERT: `its certificate is from an authority that is not trusted. ${trust}.`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `its certificate is from an authority that is not trusted. ${trust}.`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `its certificate is from an authority that is not trusted. ${trust}.`,
  CERT_SIGNATURE_FAILURE: `its certificate is from another authority of the same name. ${trust}.`,
};

function notReached(name: string, cause: unknown): ConnectorError {
  return new ConnectorError(`${name} cannot be reached: ${reasonOf(cause)}`, { kind: 'config_error', cause });
}

function reasonOf(cause: unknown): string {
  const code = codeOf(cause);
  const known = reasons[code];
  if (known !== undefined) return known;
  const text = messageOf(cause) || code;
  if (/does not support SSL connections/.test(text))
    return 'the server has no TLS, which sslmode asks for. sslmode=prefer takes it where there is one.';
  if (/no encryption|SSL off/.test(text))
    return `the server takes nobody without TLS. Leave sslmode out, or give sslmode=require. It says: ${text}.`;
  if (/client password must be/.test(text))
    return 'the server asks for a password, and the address has none.';
  if (/timeout/.test(text))
    return 'it did not answer in time. connect_timeout=SECONDS in the address lets it have longer.';
  return `${text}.`;
}

/** A host with several addresses fails with one error for each. */
function codeOf(error: unknown): string {
  const { code, errors } = error as { readonly code?: unknown; readonly errors?: unknown };
  if (typeof code === 'string') return code;
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : '';
}
