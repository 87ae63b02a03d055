import type { Message } from './messages.ts';

/**
 * The message without secrets in its texts for people. Data stays as it is: a record, a state and a catalog are what
 * the API said, and a config that is sent back must contain the new token.
 */
export function redactMessage(message: Message, redact: (text: string) => string): Message {
  switch (message.type) {
    case 'LOG':
      return { ...message, log: { ...message.log, message: redact(message.log.message) } };
    case 'CONNECTION_STATUS': {
      const { message: said } = message.connectionStatus;
      if (said === undefined) return message;
      return { ...message, connectionStatus: { ...message.connectionStatus, message: redact(said) } };
    }
    case 'TRACE': {
      const { trace } = message;
      if (trace.type !== 'ERROR') return message;
      const { message: said, internal_message, stack_trace } = trace.error;
      return {
        ...message,
        trace: {
          ...trace,
          error: {
            ...trace.error,
            message: redact(said),
            ...(internal_message !== undefined && { internal_message: redact(internal_message) }),
            ...(stack_trace !== undefined && { stack_trace: redact(stack_trace) }),
          },
        },
      };
    }
    default:
      return message;
  }
}
