import { ConnectorError } from '../../engine/error/connector-error.ts';

/** A scroll cannot be read on: it has to start again from its first page. */
export class ScrollLost extends ConnectorError {
  constructor(message: string, cause?: unknown) {
    super(message, { kind: 'transient_error', cause });
    this.name = 'ScrollLost';
  }
}
