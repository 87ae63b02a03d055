import type { WSContext, WSEvents } from 'hono/ws';
import {
  createConnection,
  type DataCallback,
  Emitter,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver/node';
import { type ServerOptions, startLanguageServer } from '../language-server/server.ts';

/** The language server on a WebSocket: a message each, without headers. */
export function languageSocket(options: ServerOptions): WSEvents {
  const received = new Emitter<Message>();
  const closed = new Emitter<void>();
  const nothing = new Emitter<never>();
  return {
    onOpen(_, socket) {
      const connection = createConnection(
        readerOf(received, closed, nothing),
        writerOf(socket, closed, nothing),
      );
      startLanguageServer(connection, options);
    },
    onMessage({ data }) {
      const message = typeof data === 'string' ? messageIn(data) : undefined;
      if (message !== undefined) received.fire(message);
    },
    onClose: () => closed.fire(),
  };
}

/** One editor must not end the process of all: what a server does at `exit` is for servers of their own process. */
function messageIn(text: string): Message | undefined {
  try {
    const message: Message = JSON.parse(text);
    return 'method' in message && message.method === 'exit' ? undefined : message;
  } catch {
    return undefined;
  }
}

function readerOf(received: Emitter<Message>, closed: Emitter<void>, nothing: Emitter<never>): MessageReader {
  return {
    onError: nothing.event,
    onClose: closed.event,
    onPartialMessage: nothing.event,
    listen: (callback: DataCallback) => received.event(callback),
    dispose: () => received.dispose(),
  };
}

function writerOf(socket: WSContext, closed: Emitter<void>, nothing: Emitter<never>): MessageWriter {
  return {
    onError: nothing.event,
    onClose: closed.event,
    async write(message) {
      // An answer that nobody waits for any more.
      if (socket.readyState === 1) socket.send(JSON.stringify(message));
    },
    end() {},
    dispose() {},
  };
}
