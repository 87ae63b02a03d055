import { ConnectorError } from '../../error/connector-error.ts';
import { type Secured, tlsParameters } from './tls.ts';

/** An address with the schema for the tables, `?schema=intercom`; without one it is `public`. */
export interface PostgresAddress extends Secured {
  /** For the driver: without what is read here. */
  readonly connectionString: string;
  readonly schema: string;
  /** For people: without user and password. */
  readonly name: string;
  readonly password: string | undefined;
  /** Milliseconds, 0 for any time; undefined where the address names none. */
  readonly connectTimeout: number | undefined;
}

export function readAddress(to: string): PostgresAddress {
  const url = parseUrl(to);
  const schema = url.searchParams.get('schema') ?? 'public';
  const database = decodeURIComponent(url.pathname.replace(/^\//, ''));
  const seconds = Number(url.searchParams.get('connect_timeout') ?? Number.NaN);
  const host = url.searchParams.get('host') ?? url.host;
  return {
    connectionString: without(to, ['schema', 'connect_timeout', ...tlsParameters]),
    schema,
    name: `PostgreSQL ${host}/${database}${schema === 'public' ? '' : ` (schema ${schema})`}`,
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    tls: Object.fromEntries(
      tlsParameters.flatMap((name) => {
        const value = url.searchParams.get(name);
        return value === null ? [] : [[name, value]];
      }),
    ),
    where: host.startsWith('/') ? 'socket' : isLoopback.test(host) ? 'loopback' : 'elsewhere',
    connectTimeout: seconds >= 0 ? seconds * 1000 : undefined,
  };
}

const isLoopback = /^(localhost|127\.[\d.]+|\[?::1\]?)(:\d+)?$/;

/** Parameters of which the driver knows nothing, or which it would understand otherwise. The others stay as they were written. */
function without(to: string, names: readonly string[]): string {
  const start = to.indexOf('?');
  if (start < 0) return to;
  const kept = to
    .slice(start + 1)
    .split('&')
    .filter((part) => !names.includes(part.split('=', 1)[0] ?? ''));
  return kept.length === 0 ? to.slice(0, start) : `${to.slice(0, start)}?${kept.join('&')}`;
}

function parseUrl(to: string): URL {
  try {
    // Where the host is a parameter, as for sockets, PostgreSQL's own clients allow none before the path.
    return new URL(to.replace(/^(\w+:\/\/(?:[^/@]*@)?)\//, '$1localhost/'));
  } catch (cause) {
    throw new ConnectorError(
      'The address of the database is not a URL: postgres://USER:PASSWORD@HOST:PORT/DATABASE?schema=NAME. Characters such as "@" and "#" in a password are written as %40 and %23.',
      { kind: 'config_error', cause },
    );
  }
}
