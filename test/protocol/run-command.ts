import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandOptions, Environment } from '../../engine/commands/environment.ts';
import { errorTrace } from '../../engine/protocol/trace.ts';
import { toLine } from '../../engine/protocol/write.ts';
import type { JsonObject } from '../../engine/util/json/json.ts';
import { testEnvironment } from '../kit/environment.ts';
import { type Answers, fakeTransport } from '../kit/scope.ts';
import { type ProtocolMessage, parseMessages } from './protocol-schema.ts';

export interface Given {
  readonly manifest: JsonObject;
  readonly config?: JsonObject;
  readonly catalog?: unknown;
  readonly state?: unknown;
  readonly answers?: Answers;
  readonly debug?: boolean;
  readonly environment?: Partial<Environment>;
}

export interface Ran {
  readonly exitCode: number;
  readonly messages: readonly ProtocolMessage[];
  readonly stdout: string;
  /** The data of the messages of one type. */
  of<Type extends ProtocolMessage['type']>(type: Type): Extract<ProtocolMessage, { type: Type }>[];
}

/** Runs a command as the binary does, against an API in memory; every line it writes is held to the protocol. */
export async function runCommand(
  command: (options: CommandOptions, environment: Environment) => Promise<number>,
  { manifest, config = {}, catalog, state, answers, debug, environment }: Given,
): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'manifold-'));
  async function file(name: string, value: unknown): Promise<string | undefined> {
    if (value === undefined) return undefined;
    const path = join(folder, name);
    await writeFile(path, JSON.stringify(value));
    return path;
  }
  try {
    const options = {
      config: await file('config.json', config),
      catalog: await file('catalog.json', catalog),
      state: await file('state.json', state),
      manifestPath:
        '__injected_declarative_manifest' in config ? undefined : await file('manifest.yaml', manifest),
      debug,
    } as CommandOptions;
    const process = testEnvironment({ transport: fakeTransport(answers), ...environment });
    let failure = '';
    const exitCode = await command(options, process).catch((error: unknown) => {
      failure = toLine(errorTrace(error, Date.now()));
      return 1;
    });
    const stdout = process.written() + failure;
    const messages = parseMessages(stdout);
    return {
      exitCode,
      messages,
      stdout,
      of: (type) => messages.filter((message) => message.type === type) as never,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
