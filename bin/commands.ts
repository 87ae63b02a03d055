import type { CommandOptions, Environment } from '../engine/commands/environment.ts';

type Run = (options: CommandOptions, environment: Environment) => Promise<number>;

/** A command that runs a connector. Its modules are loaded when it runs. */
export interface ConnectorCommand {
  readonly description: string;
  /** Options beyond those that all of them take. `config` and `catalog` are required. */
  readonly options: readonly ('config' | 'catalog' | 'state' | 'out' | 'streams' | 'fullRefresh')[];
  /** Its failures are messages on stdout; those of other commands are for people. */
  readonly isProtocol: boolean;
  readonly load: () => Promise<Run>;
}

export const connectorCommands: Readonly<Record<string, ConnectorCommand>> = {
  spec: {
    description: 'print the config that the connector needs',
    options: [],
    isProtocol: true,
    load: async () => (await import('../engine/commands/spec.ts')).spec,
  },
  check: {
    description: 'find out whether a config works',
    options: ['config'],
    isProtocol: true,
    load: async () => (await import('../engine/commands/check.ts')).check,
  },
  discover: {
    description: 'print the streams and their schemas',
    options: ['config'],
    isProtocol: true,
    load: async () => (await import('../engine/commands/discover.ts')).discover,
  },
  read: {
    description: 'print the records of the streams in a catalog',
    options: ['config', 'catalog', 'state'],
    isProtocol: true,
    load: async () => (await import('../engine/commands/read.ts')).read,
  },
  sync: {
    description: 'read everything into a folder of JSON lines, and go on from there next time',
    options: ['config', 'out', 'streams', 'fullRefresh'],
    isProtocol: false,
    load: async () => (await import('../engine/commands/sync/sync.ts')).sync,
  },
};
