import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { ConnectorError } from '../../error/connector-error.ts';
import { messageOf } from '../../util/text/message-of.ts';

/** One way to connect: by TLS with these options, or without it. */
export type Tls = ConnectionOptions | false;

/** What parameters of an address say of TLS; the driver means other things by some of them. */
export const tlsParameters = [
  'sslmode',
  'ssl',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslpassword',
  'sslnegotiation',
] as const;

/** By the names that an address has them by. */
export type TlsParameters = Readonly<Partial<Record<(typeof tlsParameters)[number], string>>>;

/** What an address says of how to connect. */
export interface Secured {
  readonly tls: TlsParameters;
  readonly where: 'socket' | 'loopback' | 'elsewhere';
}

const modes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'] as const;
type Mode = (typeof modes)[number];

/**
 * The ways to connect, of which the first that the server takes counts, by the rules of libpq and so of psql: `require` encrypts and asks the server
 * for no certificate of a known authority, unless `sslrootcert` says whose. Without a mode, what leaves this machine is
 * encrypted where the server can. Throws ConnectorError (config_error).
 * https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export async function waysToConnect({ tls, where }: Secured): Promise<readonly Tls[]> {
  const mode = modeOf(tls) ?? (where === 'elsewhere' ? 'prefer' : 'allow');
  // Sockets have none, whatever is asked for.
  if (where === 'socket' || mode === 'disable') return [false];
  const { sslrootcert, sslcert, sslkey, sslpassword } = tls;
  const own: ConnectionOptions = {
    ...(sslcert !== undefined && { cert: await pem('sslcert', sslcert) }),
    ...(sslkey !== undefined && { key: await pem('sslkey', sslkey) }),
    ...(sslpassword !== undefined && { passphrase: sslpassword }),
  };
  const ca =
    sslrootcert === undefined || sslrootcert === 'system'
      ? {}
      : { ca: await pem('sslrootcert', sslrootcert) };
  const anybody: Tls = { ...own, rejectUnauthorized: false };
  const knownAuthority: Tls = { ...own, ...ca, checkServerIdentity: () => undefined };
  switch (mode) {
    case 'allow':
      return [false, anybody];
    case 'prefer':
      return [anybody, false];
    case 'no-verify':
      return [anybody];
    case 'require':
      return [sslrootcert === undefined ? anybody : knownAuthority];
    case 'verify-ca':
      if (!('ca' in ca))
        throw wrong(
          'sslmode=verify-ca needs sslrootcert=FILE: any authority would do else, whichever host it is about. Give the file, or sslmode=verify-full.',
        );
      return [knownAuthority];
    case 'verify-full':
      return [{ ...own, ...ca }];
  }
}

function modeOf({ sslmode, ssl }: TlsParameters): Mode | undefined {
  const mode = sslmode ?? (ssl === undefined ? process.env.PGSSLMODE : modeOfFlag(ssl));
  if (mode === undefined || mode === '') return undefined;
  const known = modes.find((one) => one === mode);
  if (known !== undefined) return known;
  throw wrong(`sslmode=${mode} is none that PostgreSQL knows: ${modes.slice(0, -1).join(', ')}.`);
}

/** `ssl=true` is what other drivers take. */
function modeOfFlag(ssl: string): string {
  if (ssl === 'true' || ssl === '1') return 'verify-full';
  return ssl === 'false' || ssl === '0' ? 'disable' : ssl;
}

/** Node would take any text for a file without certificates, and then trust nobody. */
async function pem(parameter: 'sslrootcert' | 'sslcert' | 'sslkey', path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw wrong(
      `The file of ${parameter} in the address of the database cannot be read: ${messageOf(cause)}.`,
      cause,
    );
  });
  const what = parameter === 'sslkey' ? 'PRIVATE KEY' : 'CERTIFICATE';
  if (new RegExp(`-----BEGIN [A-Z ]*${what}-----`).test(text)) return text;
  throw wrong(
    `${path}, which the address of the database names as ${parameter}, holds no ${what.toLowerCase()} in PEM form ("-----BEGIN ${what}-----").`,
  );
}

function wrong(message: string, cause?: unknown): ConnectorError {
  return new ConnectorError(message, { kind: 'config_error', cause });
}
