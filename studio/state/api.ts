import type { FileView, Outline, ReadMessage, ReadRequest } from '../../engine/studio/messages.ts';

/** What the server refused, with the status of its answer. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function ask(path: string, method: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    }),
    ...(signal && { signal }),
  });
  if (response.ok || response.status === 412) return response;
  const text = await response.text();
  throw new Refused(response.status, errorIn(text));
}

function errorIn(text: string): string {
  try {
    return String(JSON.parse(text).error);
  } catch {
    return text;
  }
}

export async function get<T>(path: string): Promise<T> {
  return (await ask(path, 'GET')).json();
}

export async function post<T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> {
  return (await ask(path, 'POST', body, signal)).json();
}

export async function put<T>(path: string, body: unknown): Promise<T> {
  return (await ask(path, 'PUT', body)).json();
}

export async function writeFile(
  text: string,
  version: string,
): Promise<{ readonly isWritten: boolean; readonly file: FileView }> {
  const response = await ask('/api/file', 'PUT', { text, version });
  return { isWritten: response.status !== 412, file: await response.json() };
}

export const outlineOf = (text: string): Promise<Outline> => post('/api/outline', { text });

/** The messages of a read as they come. Aborting the signal stops it, and the requests that it is about to send. */
export async function* readStream(request: ReadRequest, signal: AbortSignal): AsyncGenerator<ReadMessage> {
  const { body } = await ask('/api/read', 'POST', request, signal);
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line);
  }
}
