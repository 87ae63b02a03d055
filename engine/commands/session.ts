import type { Connector } from '../connector/connector.ts';
import type { Surroundings } from '../connector/sync-scope.ts';
import { withConnector } from '../connector/with-connector.ts';
import type { Exchange, LogLevel } from '../contract/scope.ts';
import type { ConnectorError } from '../error/connector-error.ts';
import { printDiagnostic } from '../error/print-location.ts';
import { createRedactor } from '../http/wire/redact.ts';
import type { Message } from '../protocol/messages.ts';
import { redactMessage } from '../protocol/redact-message.ts';
import { toLine } from '../protocol/write.ts';
import { systemClock } from '../time/clock.ts';
import type { JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { chooseManifest } from './choose-manifest.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { exchangeText } from './exchange-text.ts';
import { readConfig } from './read-input.ts';
import { withRateLimits } from './with-rate-limits.ts';
import { writeBack } from './write-back.ts';

/** A connector with its config, and a way to send messages: redacted, one per line. */
export interface Session {
  readonly connector: Connector;
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

export interface SessionWork<T> {
  readonly work: (session: Session) => Promise<T>;
  /** What to do when the config is refused; by default the error is thrown. */
  readonly refused?: (error: ConnectorError, emit: Session['emit']) => Promise<T>;
  /** The config, where it has been read already. */
  readonly config?: JsonObject;
}

/** Opens what check, discover and read have in common, and closes it in any case. */
export async function withSession<T>(
  options: CommandOptions,
  environment: Environment,
  { work, refused, config: given }: SessionWork<T>,
): Promise<T> {
  const config = given ?? (await readConfig(options.config));
  const redactor = environment.redactor ?? createRedactor();
  const level = options.debug === true ? 'DEBUG' : logLevel(environment.env.LOG_LEVEL);
  const emit = (message: Message) => environment.write(toLine(redactMessage(message, redactor.text)));
  const pendingLogs = new Set<Promise<void>>();
  const log = (logged: LogLevel, message: string): void => {
    if (severity[logged] > severity[level]) return;
    if (environment.isReadByPerson) {
      environment.writeError(redactor.text(`${logged} ${message}\n`));
      return;
    }
    const written = emit({ type: 'LOG', log: { level: logged, message } }).finally(() =>
      pendingLogs.delete(written),
    );
    pendingLogs.add(written);
  };
  const { manifest, readFile } = await chooseManifest(options, config, environment);
  for (const diagnostic of manifest.diagnostics)
    if (diagnostic.severity === 'warning') log('WARN', printDiagnostic(diagnostic));
  let written: Promise<void> | undefined;
  const surroundings: Surroundings = {
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
        control: {
          type: 'CONNECTOR_CONFIG',
          emitted_at: (environment.clock ?? systemClock).now(),
          connectorConfig: { config: changed },
        },
      });
    },
  };
  try {
    return await withRateLimits(options, environment, log, (rateLimitStore) =>
      withConnector(
        manifest,
        config,
        { ...surroundings, rateLimitStore },
        {
          work: (connector) => work({ connector, emit, redact: redactor.text }),
          ...(refused && { refused: (error: ConnectorError) => refused(error, emit) }),
        },
      ),
    );
  } finally {
    await written;
    await Promise.all(pendingLogs);
  }
}

function logLevel(name: string | undefined): LogLevel {
  const upper = name?.toUpperCase();
  return upper !== undefined && upper in severity ? (upper as LogLevel) : 'INFO';
}
