import { type Connector, connect } from '../connector/connector.ts';
import type { Exchange, LogLevel } from '../contract/scope.ts';
import { printDiagnostic } from '../error/print-location.ts';
import { redactedError } from '../error/redacted-error.ts';
import { createRedactor } from '../http/wire/redact.ts';
import type { Message } from '../protocol/messages.ts';
import { redactMessage } from '../protocol/redact-message.ts';
import { hideSecrets } from '../protocol/secrets.ts';
import { toLine } from '../protocol/write.ts';
import type { JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { chooseManifest } from './choose-manifest.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { exchangeText } from './exchange-text.ts';
import { readConfig } from './read-input.ts';
import { writeBack } from './write-back.ts';

/** A connector with its config, and a way to send messages: redacted, one per line. */
export interface Session {
  readonly connector: Connector;
  readonly config: JsonObject;
  readonly emit: (message: Message) => Promise<void>;
  readonly redact: (text: string) => string;
}

const severity: Readonly<Record<LogLevel, number>> = {
  FATAL: 0,
  ERROR: 1,
  WARN: 2,
  INFO: 3,
  DEBUG: 4,
  TRACE: 5,
};

/** Opens what check, discover and read have in common, and closes it in any case. */
export async function withSession<T>(
  options: CommandOptions,
  environment: Environment,
  run: (session: Session) => Promise<T>,
  givenConfig?: JsonObject,
): Promise<T> {
  const config = givenConfig ?? (await readConfig(options.config));
  const redactor = createRedactor();
  const level = options.debug === true ? 'DEBUG' : logLevel(environment.env.LOG_LEVEL);
  const emit = (message: Message) => environment.write(toLine(redactMessage(message, redactor.text)));
  const pendingLogs = new Set<Promise<void>>();
  const log = (logged: LogLevel, message: string): void => {
    if (severity[logged] > severity[level]) return;
    const written = emit({ type: 'LOG', log: { level: logged, message } }).finally(() =>
      pendingLogs.delete(written),
    );
    pendingLogs.add(written);
  };
  const { manifest, readFile } = await chooseManifest(options, config, environment);
  for (const diagnostic of manifest.diagnostics)
    if (diagnostic.severity === 'warning') log('WARN', printDiagnostic(diagnostic));
  let written: Promise<void> | undefined;
  const connector = connect(manifest, config, {
    ...environment,
    redactor,
    log,
    readFile,
    ...(severity[level] >= severity.DEBUG && {
      onExchange: (exchange: Exchange) => log('DEBUG', exchangeText(exchange)),
    }),
    onConfigChange: (changed, reason) => {
      if (reason === 'migration' && options.config !== undefined)
        written = writeBack(options.config, toJsonText(changed), log);
      void emit({
        type: 'CONTROL',
        control: { type: 'CONNECTOR_CONFIG', emitted_at: Date.now(), connectorConfig: { config: changed } },
      });
    },
  });
  hideSecrets(redactor, connector.spec, config);
  try {
    return await run({ connector, config, emit, redact: redactor.text });
  } catch (error) {
    throw redactedError(error, redactor.text);
  } finally {
    await connector.close();
    await written;
    await Promise.all(pendingLogs);
  }
}

function logLevel(name: string | undefined): LogLevel {
  const upper = name?.toUpperCase();
  return upper !== undefined && upper in severity ? (upper as LogLevel) : 'INFO';
}
