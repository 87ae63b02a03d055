import type { Readable, Writable } from 'node:stream';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { startLanguageServer } from '../language-server/server.ts';
import type { Environment } from './environment.ts';

/** `lsp`: the language server, over two streams. Ends when the editor says so, or has gone. */
export async function lsp(
  hooks: readonly string[],
  editor: { readonly input: Readable; readonly output: Writable },
  environment: Environment,
): Promise<void> {
  const { bundledHooks, hasBundledSchema } = environment;
  const connection = createConnection(
    new StreamMessageReader(editor.input),
    new StreamMessageWriter(editor.output),
  );
  startLanguageServer(connection, {
    hooks: await environment.loadHooks(hooks),
    bundledHooks,
    hasBundledSchema,
  });
}
