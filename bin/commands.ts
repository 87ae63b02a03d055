import type { CommandOptions, Environment } from '../engine/commands/environment.ts';

type Run = (options: CommandOptions, environment: Environment) => Promise<number>;

/** A command that runs a connector. Its modules are loaded when it runs. */
export interface ConnectorCommand {
  readonly description: string;
  /** What follows `manifold` on a command line. */
  readonly example: string;
  /** Options beyond those that all of them take. `config` and `catalog` are required; `mayAsk` is a `config` that is not. */
  readonly options: readonly (
    | 'config'
    | 'catalog'
    | 'state'
    | 'to'
    | 'out'
    | 'format'
    | 'streams'
    | 'select'
    | 'since'
    | 'fullRefresh'
    | 'schema'
    | 'deletes'
    | 'commitEvery'
    | 'nested'
    | 'mayAsk'
    | 'set'
    | 'dryRun'
    | 'json'
    | 'exitCode'
    | 'logTo'
    | 'rateLimitStore'
    | 'rateLimitShare'
  )[];
  /** Takes a manifest as its argument too. */
  readonly takesFile?: boolean;
  /** Its failures are messages on stdout; those of other commands are for people. */
  readonly isProtocol: boolean;
  readonly load: () => Promise<Run>;
}

export const connectorCommands: Readonly<Record<string, ConnectorCommand>> = {
  spec: {
    description: 'print the config that the connector needs',
    example: 'spec --manifest-path shop.yaml',
    options: [],
    isProtocol: true,
    load: async () => (await import('../engine/commands/spec.ts')).spec,
  },
  check: {
    description: 'find out whether a config works',
    example: 'check --config config.json --exit-code',
    options: ['config', 'exitCode', 'rateLimitStore', 'rateLimitShare'],
    isProtocol: true,
    load: async () => (await import('../engine/commands/check.ts')).check,
  },
  discover: {
    description: 'print the streams and their schemas',
    example: 'discover --config config.json',
    options: ['config', 'rateLimitStore', 'rateLimitShare'],
    isProtocol: true,
    load: async () => (await import('../engine/commands/discover.ts')).discover,
  },
  read: {
    description: 'print the records of the streams in a catalog',
    example: 'read --config config.json --catalog catalog.json --state state.json',
    options: ['config', 'catalog', 'state', 'logTo', 'rateLimitStore', 'rateLimitShare'],
    isProtocol: true,
    load: async () => (await import('../engine/commands/read.ts')).read,
  },
  sync: {
    description: 'read everything into a database or a folder, and go on from there next time',
    example: 'sync --config config.json --to intercom.duckdb --streams contacts,companies',
    options: [
      'mayAsk',
      'set',
      'to',
      'out',
      'format',
      'streams',
      'select',
      'since',
      'fullRefresh',
      'schema',
      'deletes',
      'commitEvery',
      'nested',
      'dryRun',
      'json',
      'rateLimitStore',
      'rateLimitShare',
    ],
    takesFile: true,
    isProtocol: false,
    load: async () => (await import('../engine/commands/sync/sync.ts')).sync,
  },
};
