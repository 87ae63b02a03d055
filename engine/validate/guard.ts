import { ConnectorError, type ErrorKind } from '../error/connector-error.ts';
import type { RuleContext, Rules } from './rule.ts';
import type { ComponentAt } from './visit.ts';

export interface GuardOptions {
  /** Default `config_error`. */
  readonly kind?: ErrorKind;
  /** What is told of warnings. */
  readonly warn?: (message: string) => void;
}

/**
 * Throws the first error that the rules find in the components, as ConnectorError. What the fields of one have wrong is
 * left to whoever makes it.
 */
export function guard(
  components: Iterable<ComponentAt>,
  rules: Rules,
  context: RuleContext,
  { kind = 'config_error', warn }: GuardOptions = {},
): void {
  for (const at of components) {
    for (const rule of Object.values(rules)) {
      for (const { severity, message, places, offset } of rule(at, context)) {
        if (severity === 'error') throw new ConnectorError(message, { kind, nodes: places, offset });
        warn?.(message);
      }
    }
  }
}
