import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export interface Finding {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

export interface Completion {
  readonly label: string;
  readonly insertText?: string;
}

/** An editor without a window: speaks the language server protocol with a server's process over stdio. */
export interface LanguageClient {
  request<T>(method: string, params: unknown): Promise<T>;
  notify(method: string, params: unknown): void;
  /** Opens a document and waits for what the server finds in it. */
  open(uri: string, text: string): Promise<readonly Finding[]>;
  /** What the server finds in a document when it looks at it next. */
  nextFindings(uri: string): Promise<readonly Finding[]>;
  /** Completions at the place of `|` in the text. */
  complete(uri: string, marked: string): Promise<readonly string[]>;
  /** What a hover over the place of `|` shows. */
  hover(uri: string, marked: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts a server. `settings` answers what it asks of the editor's configuration, by section. */
export async function startLanguageClient(
  command: readonly [string, ...string[]],
  settings: Readonly<Record<string, unknown>> = {},
): Promise<LanguageClient> {
  const [program, ...args] = command;
  const server = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const pending = new Map<number, (message: Incoming) => void>();
  const findings = new Map<string, (found: readonly Finding[]) => void>();
  let count = 0;

  function notify(method: string, params: unknown): void {
    write(server, { jsonrpc: '2.0', method, params });
  }

  function request<T>(method: string, params: unknown): Promise<T> {
    const id = ++count;
    return new Promise((resolve, reject) => {
      pending.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result as T);
        else reject(new Error(error.message));
      });
      write(server, { jsonrpc: '2.0', id, method, params });
    });
  }

  function receive(message: Incoming): void {
    if (message.method === undefined) {
      pending.get(message.id as number)?.(message);
      pending.delete(message.id as number);
    } else if (message.method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = message.params as { uri: string; diagnostics: readonly Finding[] };
      findings.get(uri)?.(diagnostics);
    } else if (message.id !== undefined) {
      write(server, { jsonrpc: '2.0', id: message.id, result: answer(message, settings) });
    }
  }

  readMessages(server, receive);
  await request('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      textDocument: {
        completion: { completionItem: { snippetSupport: false } },
        hover: { contentFormat: ['plaintext'] },
        publishDiagnostics: {},
      },
      workspace: { configuration: true, didChangeConfiguration: {} },
    },
  });
  notify('initialized', {});
  notify('workspace/didChangeConfiguration', { settings });

  async function at(uri: string, marked: string) {
    const before = marked.slice(0, marked.indexOf('|'));
    const line = before.split('\n').length - 1;
    await open(uri, marked.replace('|', ''));
    return {
      textDocument: { uri },
      position: { line, character: before.length - before.lastIndexOf('\n') - 1 },
    };
  }

  function nextFindings(uri: string): Promise<readonly Finding[]> {
    return new Promise((resolve) => findings.set(uri, resolve));
  }

  function open(uri: string, text: string): Promise<readonly Finding[]> {
    const found = nextFindings(uri);
    notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return found;
  }

  return {
    request,
    notify,
    open,
    nextFindings,
    async complete(uri, marked) {
      const list = await request<{ items: readonly Completion[] }>(
        'textDocument/completion',
        await at(uri, marked),
      );
      return list.items.map(({ label }) => label);
    },
    async hover(uri, marked) {
      const found = await request<{ contents: string | { value: string } } | null>(
        'textDocument/hover',
        await at(uri, marked),
      );
      const contents = found?.contents ?? '';
      return typeof contents === 'string' ? contents : contents.value;
    },
    async close() {
      await request('shutdown', null);
      const ended = new Promise((resolve) => server.once('exit', resolve));
      notify('exit', null);
      await ended;
    },
  };
}

function answer({ method, params }: Incoming, settings: Readonly<Record<string, unknown>>): unknown {
  if (method !== 'workspace/configuration') return null;
  const { items } = params as { items: readonly { section: string }[] };
  return items.map(({ section }) => settings[section] ?? null);
}

function write(server: ChildProcessWithoutNullStreams, message: unknown): void {
  const body = Buffer.from(JSON.stringify(message));
  server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  server.stdin.write(body);
}

function readMessages(server: ChildProcessWithoutNullStreams, receive: (message: Incoming) => void): void {
  let buffer = Buffer.alloc(0);
  server.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.toString('latin1', 0, head))?.[1]);
      const end = head + 4 + length;
      if (buffer.length < end) return;
      receive(JSON.parse(buffer.toString('utf8', head + 4, end)) as Incoming);
      buffer = buffer.subarray(end);
    }
  });
}
