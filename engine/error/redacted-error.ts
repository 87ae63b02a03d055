import { ConnectorError } from './connector-error.ts';
import { locatedError } from './located-error.ts';

/** The same error with no secrets in any of its texts. */
export function redactedError(thrown: unknown, redact: (text: string) => string): ConnectorError {
  const { message, kind, code, internalMessage, nodes, offset, path, cause } = locatedError(thrown);
  return new ConnectorError(redact(message), {
    kind,
    code,
    nodes,
    ...(offset !== undefined && { offset }),
    path: path.map(redact),
    ...(internalMessage !== undefined && { internalMessage: redact(internalMessage) }),
    ...(cause instanceof Error && { cause: withoutSecrets(cause, redact) }),
  });
}

function withoutSecrets({ name, message, stack }: Error, redact: (text: string) => string): Error {
  const error = new Error(redact(message));
  error.name = name;
  if (stack !== undefined) error.stack = redact(stack);
  return error;
}
