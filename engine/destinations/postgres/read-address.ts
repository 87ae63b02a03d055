import { ConnectorError } from '../../error/connector-error.ts';

/** An address with the schema for the tables, `?schema=intercom`; without one it is `public`. */
export interface PostgresAddress {
  readonly connectionString: string;
  readonly schema: string;
  /** For people: without user and password. */
  readonly name: string;
  readonly password: string | undefined;
}

export function readAddress(to: string): PostgresAddress {
  const url = parseUrl(to);
  const schema = url.searchParams.get('schema') ?? 'public';
  const database = decodeURIComponent(url.pathname.replace(/^\//, ''));
  const host = url.searchParams.get('host') ?? url.host;
  return {
    connectionString: withoutSchema(to),
    schema,
    name: `PostgreSQL ${host}/${database}${schema === 'public' ? '' : ` (schema ${schema})`}`,
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
  };
}

/** The driver knows nothing of it. */
function withoutSchema(to: string): string {
  return to.replace(/([?&])schema=[^&]*(&|$)/, (_, before, after) => (after === '' ? '' : before));
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
