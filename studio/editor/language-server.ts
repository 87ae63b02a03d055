import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import {
  findReferencesKeymap,
  hoverTooltips,
  jumpToDefinitionKeymap,
  LSPClient,
  LSPPlugin,
  renameKeymap,
  serverCompletion,
  type Transport,
} from '@codemirror/lsp-client';
import type { Extension, Text } from '@codemirror/state';
import { type EditorView, keymap, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { signal } from '@preact/signals';
import type { CodeAction, Diagnostic as LspDiagnostic, Position } from 'vscode-languageserver-protocol';
import { problems } from '../state/file.ts';
import { withoutScripts } from './without-scripts.ts';

/** Milliseconds between two attempts to reach a server that has gone. */
const patience = 1000;

/** The client, and how often it was connected: whoever asks it something asks again then. */
const connections = signal(0);

const client = new LSPClient({
  timeout: 20_000,
  sanitizeHTML: withoutScripts,
  notificationHandlers: {
    'textDocument/publishDiagnostics': (_, { uri, diagnostics }) => {
      void showDiagnostics(uri, diagnostics);
      return true;
    },
  },
});

/** The manifest at a `file:` URL, with everything that the language server knows of it. */
export function languageServer(uri: string): Extension {
  connect();
  return [
    client.plugin(uri, 'yaml'),
    serverCompletion(),
    hoverTooltips(),
    tellChanges,
    keymap.of([...jumpToDefinitionKeymap, ...renameKeymap, ...findReferencesKeymap]),
  ];
}

/** Milliseconds of quiet after a change before the server is told; whoever asks it something tells it at once. */
const quiet = 40;

const tellChanges = ViewPlugin.define(() => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    update({ docChanged }: ViewUpdate) {
      if (!docChanged) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (client.connected) client.sync();
      }, quiet);
    },
    destroy: () => clearTimeout(timer),
  };
});

/** Files beside the manifest may be other ones now, and what is said of it depends on them. */
export function filesChanged(): void {
  if (client.connected) client.notification('workspace/didChangeWatchedFiles', { changes: [] });
}

function connect(): void {
  const handlers = new Set<(message: string) => void>();
  const socket = new WebSocket(`ws://${location.host}/lsp`);
  const transport: Transport = {
    send: (message) => socket.send(message),
    subscribe: (handler) => void handlers.add(handler),
    unsubscribe: (handler) => void handlers.delete(handler),
  };
  socket.onopen = () => {
    client.connect(transport);
    void client.initializing.then(() => {
      connections.value += 1;
    });
  };
  socket.onmessage = ({ data }) => {
    for (const handler of handlers) handler(data);
  };
  socket.onclose = () => {
    if (client.connected) client.disconnect();
    setTimeout(connect, patience);
  };
}

/** Diagnostics with their quick fixes, which the server is asked for once. */
async function showDiagnostics(uri: string, found: readonly LspDiagnostic[]): Promise<void> {
  const file = client.workspace.getFile(uri);
  const view = file?.getView();
  if (view === undefined || view === null) return;
  const errors = found.filter(({ severity }) => severity === 1).length;
  const warnings = found.length - errors;
  const before = problems.value;
  // While somebody types in a manifest without mistakes, nothing is to be drawn.
  if (found.length === 0 && before.errors + before.warnings === 0) return;
  problems.value = { errors, warnings };
  await client.withMapping(async (mapping) => {
    const show = (fixes: readonly CodeAction[]) => {
      const doc = view.state.doc;
      const shown = found.map((one) =>
        diagnostic(one, fixes, doc, (position) => mapping.mapPosition(uri, position)),
      );
      view.dispatch(setDiagnostics(view.state, shown));
    };
    show([]);
    if (found.length === 0) return;
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const fixes = await client
      .request<object, CodeAction[] | null>('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics: found },
      })
      .catch(() => null);
    if (fixes !== null && fixes.length > 0) show(fixes);
  });
}

function diagnostic(
  one: LspDiagnostic,
  fixes: readonly CodeAction[],
  doc: Text,
  offsetOf: (position: Position) => number,
): Diagnostic {
  const from = Math.min(offsetOf(one.range.start), doc.length);
  const to = Math.min(Math.max(offsetOf(one.range.end), from), doc.length);
  const own = fixes.filter(({ diagnostics }) => diagnostics?.some((about) => isSame(about, one)));
  return {
    from,
    to,
    severity: one.severity === 1 ? 'error' : 'warning',
    message: typeof one.message === 'string' ? one.message : one.message.value,
    actions: own.map((fix) => ({ name: fix.title, apply: (view) => apply(view, fix) })),
  };
}

function isSame(a: LspDiagnostic, b: LspDiagnostic): boolean {
  return (
    a.message === b.message &&
    a.range.start.line === b.range.start.line &&
    a.range.start.character === b.range.start.character
  );
}

function apply(view: EditorView, { edit }: CodeAction): void {
  const plugin = LSPPlugin.get(view);
  if (plugin === null) return;
  const changes = Object.values(edit?.changes ?? {})
    .flat()
    .map(({ range, newText }) => ({
      from: plugin.fromPosition(range.start),
      to: plugin.fromPosition(range.end),
      insert: newText,
    }));
  view.dispatch({ changes });
}
