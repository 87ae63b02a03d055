import { fileURLToPath } from 'node:url';
import {
  CodeActionKind,
  CompletionItemKind,
  type Connection,
  DiagnosticSeverity,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  InsertTextFormat,
  type Range,
  SemanticTokensBuilder,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { components } from '../components/index.ts';
import type { Manifest } from '../connector/load-manifest.ts';
import { loadWithHooks } from '../connector/load-with-hooks.ts';
import type { FindingsOptions } from '../connector/manifest-findings.ts';
import { createRegistry } from '../language/registry.ts';
import { createBlockParser } from '../manifest/block-parser.ts';
import { type ReadDocument, readDocument } from '../manifest/read-document.ts';
import { memoize } from '../util/flow/memoize.ts';
import { type Suggestion, type SuggestionKind, suggestAt } from './features/completion.ts';
import { problemsIn } from './features/diagnostics.ts';
import { fixesAt } from './features/fixes.ts';
import { hoverAt } from './features/hover.ts';
import { inlayHintsIn } from './features/inlay-hints.ts';
import { lensesOf } from './features/lenses.ts';
import { definitionAt, referencesAt, type Span } from './features/symbols.ts';
import { tokensOf, tokenTypes } from './features/tokens.ts';
import { createFindingsMemory } from './findings-memory.ts';
import { createParsers, type OpenDocument, openDocument, type Parsers } from './locate/open-document.ts';
import { readSchemaFile } from './read-schema-file.ts';

export type ServerOptions = Omit<FindingsOptions, 'path'>;

/** A version of a document, with what was read of it. */
interface Opened {
  readonly version: number;
  readonly text: TextDocument;
  readonly document: OpenDocument;
  /** Read when somebody asks, and once. Throws ConnectorError while it is broken. */
  readonly manifest: () => Promise<Manifest>;
}

/** What makes the next version of a document cheaper than the first. */
interface Remembered {
  readonly parsers: Parsers;
  readonly readDocument: ReadDocument;
  readonly memory: ReturnType<typeof createFindingsMemory>;
}

/** Milliseconds of quiet after a change before the manifest is checked: keys that are pressed together are one change. */
const quiet = 10;

const kinds: Readonly<Record<SuggestionKind, CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  type: CompletionItemKind.Class,
  value: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
  name: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  filter: CompletionItemKind.Function,
  test: CompletionItemKind.Function,
  snippet: CompletionItemKind.Snippet,
};

/** Answers an editor about manifests, over a connection that it has opened. Ends when the editor says so. */
export function startLanguageServer(connection: Connection, options: ServerOptions): void {
  const registry = createRegistry(components, options.hooks);
  const documents = new TextDocuments(TextDocument);
  // Of a document that was opened anew, the version begins anew too.
  const opened = new WeakMap<TextDocument, Opened>();
  let takesSnippets = false;
  let watchesFiles = false;
  const timers = new Map<string, NodeJS.Timeout>();
  const remembered = new Map<string, Remembered>();

  function documentOf(uri: string): Opened | undefined {
    const text = documents.get(uri);
    if (text === undefined) return undefined;
    const known = opened.get(text);
    if (known?.version === text.version) return known;
    const path = pathOf(text);
    const [version, written] = [text.version, text.getText()];
    const { parsers, readDocument } = rememberedOf(uri);
    const readFile = (name: string) => (path === undefined ? undefined : readSchemaFile(path, name));
    const document = openDocument(uri, written, registry, { parsers, readFile });
    const manifest = memoize(() =>
      loadWithHooks(
        { name: path ?? uri, text: written },
        { hooks: options.hooks, readDocument },
        options.bundledHooks,
      ),
    );
    const made: Opened = { version, text, document, manifest };
    opened.set(text, made);
    return made;
  }

  function rememberedOf(uri: string): Remembered {
    const known = remembered.get(uri) ?? {
      parsers: createParsers(),
      readDocument: createBlockParser(readDocument),
      memory: createFindingsMemory(),
    };
    remembered.set(uri, known);
    return known;
  }

  async function check(text: TextDocument): Promise<void> {
    const { version, uri } = text;
    const found = documentOf(uri);
    if (found === undefined) return;
    const { memory } = rememberedOf(uri);
    const problems = await problemsIn(found.manifest, { ...options, path: pathOf(text), memory });
    // Something newer has been typed in the meantime, or the document was closed.
    if (documents.get(uri)?.version !== version) return;
    await connection.sendDiagnostics({
      uri,
      version,
      diagnostics: problems.map(({ start, end, severity, message, rule }) => ({
        range: rangeIn(text, { start, end }),
        severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
        message,
        source: 'manifold',
        ...(rule !== undefined && { code: rule }),
      })),
    });
  }

  function checkSoon(document: TextDocument): void {
    clearTimeout(timers.get(document.uri));
    const timer = setTimeout(() => {
      timers.delete(document.uri);
      void check(document).catch((error: unknown) => connection.console.error(String(error)));
    }, quiet);
    timers.set(document.uri, timer);
  }

  documents.onDidChangeContent(({ document }) => checkSoon(document));
  // What is said of a document also depends on the schemas beside it.
  connection.onDidChangeWatchedFiles(() => {
    for (const document of documents.all()) checkSoon(document);
  });
  documents.onDidClose(({ document }) => {
    clearTimeout(timers.get(document.uri));
    timers.delete(document.uri);
    remembered.delete(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  connection.onInitialize(({ capabilities }) => {
    takesSnippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    watchesFiles = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    return initialized;
  });
  connection.onInitialized(() => {
    if (!watchesFiles) return;
    const watchers = [{ globPattern: '**/*.json' }];
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  });

  const initialized: InitializeResult = {
    serverInfo: { name: 'manifold' },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      completionProvider: { triggerCharacters: [':', ' ', '.', "'", '"', '|', '[', '/', '#'] },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      codeLensProvider: {},
      inlayHintProvider: true,
      semanticTokensProvider: { legend: { tokenTypes: [...tokenTypes], tokenModifiers: [] }, full: true },
    },
  };

  connection.onCompletion(({ textDocument, position }) => {
    const found = documentOf(textDocument.uri);
    if (found === undefined) return null;
    const { text, document } = found;
    const offset = text.offsetAt(position);
    const { items, typed } = suggestAt(document, offset);
    const range = rangeIn(text, { start: offset - typed.length, end: offset });
    const fitting = items.filter(({ kind }) => kind !== 'snippet' || takesSnippets);
    return { isIncomplete: false, items: fitting.map((item) => completionItem(item, range)) };
  });

  connection.onHover(({ textDocument, position }) => {
    const found = documentOf(textDocument.uri);
    const hover = found && hoverAt(found.document, found.text.offsetAt(position));
    if (hover === undefined || found === undefined) return null;
    return { contents: { kind: 'markdown', value: hover.text }, range: rangeIn(found.text, hover) };
  });

  connection.onDefinition(({ textDocument, position }) => {
    const found = documentOf(textDocument.uri);
    const span = found && definitionAt(found.document, found.text.offsetAt(position));
    return span === undefined ? null : { uri: textDocument.uri, range: rangeIn(found?.text, span) };
  });

  connection.onReferences(({ textDocument, position, context }) => {
    const found = documentOf(textDocument.uri);
    if (found === undefined) return null;
    const offset = found.text.offsetAt(position);
    const declared = context.includeDeclaration ? undefined : definitionAt(found.document, offset);
    return referencesAt(found.document, offset)
      .filter(({ start }) => start !== declared?.start)
      .map((span) => ({ uri: textDocument.uri, range: rangeIn(found.text, span) }));
  });

  connection.onPrepareRename(({ textDocument, position }) => {
    const found = documentOf(textDocument.uri);
    if (found === undefined) return null;
    const offset = found.text.offsetAt(position);
    const here = referencesAt(found.document, offset).find(
      ({ start, end }) => start <= offset && offset <= end,
    );
    return here === undefined ? null : rangeIn(found.text, here);
  });

  connection.onRenameRequest(({ textDocument, position, newName }) => {
    const found = documentOf(textDocument.uri);
    if (found === undefined) return null;
    const names = referencesAt(found.document, found.text.offsetAt(position));
    const edits = names.map((span) => ({ range: rangeIn(found.text, span), newText: newName }));
    return { changes: { [textDocument.uri]: edits } };
  });

  connection.onCodeAction(({ textDocument, context }) => {
    const found = documentOf(textDocument.uri);
    if (found === undefined) return null;
    return context.diagnostics.flatMap((diagnostic) =>
      fixesAt(found.document, found.text.offsetAt(diagnostic.range.start)).map((fix, index) => ({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        isPreferred: index === 0,
        edit: {
          changes: { [textDocument.uri]: [{ range: rangeIn(found.text, fix), newText: fix.text }] },
        },
      })),
    );
  });

  connection.onCodeLens(({ textDocument }) => {
    const found = documentOf(textDocument.uri);
    if (found === undefined) return null;
    return lensesOf(found.document).map(({ start, title, command, stream }) => ({
      range: rangeIn(found.text, { start, end: start }),
      command: { title, command, arguments: [textDocument.uri, stream] },
    }));
  });

  connection.languages.inlayHint.on(async ({ textDocument, range }) => {
    const found = documentOf(textDocument.uri);
    if (found === undefined) return null;
    const { text, document, manifest } = found;
    const hints = await inlayHintsIn(document.text, manifest);
    const [from, to] = [text.offsetAt(range.start), text.offsetAt(range.end)];
    return hints
      .filter(({ at }) => from <= at && at <= to)
      .map(({ at, text: label }) => ({ position: text.positionAt(at), label, paddingLeft: true }));
  });

  connection.languages.semanticTokens.on(({ textDocument }) => {
    const found = documentOf(textDocument.uri);
    const builder = new SemanticTokensBuilder();
    for (const { start, length, type } of found === undefined ? [] : tokensOf(found.document)) {
      const { line, character } = (found as { text: TextDocument }).text.positionAt(start);
      builder.push(line, character, length, tokenTypes.indexOf(type), 0);
    }
    return builder.build();
  });

  documents.listen(connection);
  connection.listen();
}

function pathOf({ uri }: TextDocument): string | undefined {
  return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
}

function rangeIn(text: TextDocument | undefined, { start, end }: Span): Range {
  const origin = { line: 0, character: 0 };
  return { start: text?.positionAt(start) ?? origin, end: text?.positionAt(end) ?? origin };
}

function completionItem(item: Suggestion, range: Range) {
  return {
    label: item.label,
    kind: kinds[item.kind],
    textEdit: { range, newText: item.insert ?? item.label },
    ...(item.kind === 'snippet' && { insertTextFormat: InsertTextFormat.Snippet }),
    // What a component cannot do without comes first.
    sortText: `${item.isDeprecated === true ? 2 : item.isRequired === true ? 0 : 1}${item.label}`,
    ...(item.documentation !== undefined && { documentation: item.documentation }),
    ...(item.isDeprecated === true && { deprecated: true }),
  };
}
