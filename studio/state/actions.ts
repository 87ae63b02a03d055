import type { FileView, ServerEvent, TestReport } from '../../engine/studio/messages.ts';
import { jumpToLine, replaceText, textOf } from '../editor/editor.ts';
import { filesChanged } from '../editor/language-server.ts';
import { get, outlineOf, post, Refused, writeFile } from './api.ts';
import { base, complain, conflict, connection, isDirty, say, session } from './file.ts';
import { outline, report, selectedStream, testing } from './outline.ts';
import { reading, startReading } from './read.ts';

/** Looks at the streams of the text as it is now. One look at a time; the last text wins. */
let isLooking = false;
let isStale = false;
export async function refreshOutline(): Promise<void> {
  isStale = true;
  if (isLooking) return;
  isLooking = true;
  while (isStale) {
    isStale = false;
    const found = await outlineOf(textOf()).catch(() => undefined);
    if (found === undefined) continue;
    // While somebody types, a text is often no manifest: its streams stay as they were.
    outline.value = found.problem === undefined ? found : { ...outline.value, problem: found.problem };
    selectedStream.value ??= found.streams[0]?.name;
  }
  isLooking = false;
}

/** Writes the text, unless the file has become another one in the meantime. */
export async function save(): Promise<boolean> {
  const known = base.value;
  if (known === undefined) return false;
  try {
    const { isWritten, file } = await writeFile(textOf(), known.version);
    if (!isWritten) {
      conflict.value = file;
      return false;
    }
    base.value = file;
    isDirty.value = textOf() !== file.text;
    say('Saved.');
    return true;
  } catch (thrown) {
    complain(thrown);
    return false;
  }
}

/** The file on disk is the truth: what others write is taken over, unless something would be lost. */
async function fileChanged(version: string): Promise<void> {
  if (base.value?.version === version) return;
  const file = await get<FileView>('/api/file');
  if (file.text === textOf()) {
    base.value = file;
    isDirty.value = false;
    conflict.value = undefined;
  } else if (isDirty.value) conflict.value = file;
  else takeTheirs(file);
}

export function takeTheirs(file: FileView): void {
  base.value = file;
  conflict.value = undefined;
  replaceText(file.text);
  isDirty.value = false;
  say('The file was changed by another program; this is how it is now.');
}

/** What is in the editor stays, and may be saved over what the file has become. */
export function keepMine(file: FileView): void {
  base.value = file;
  conflict.value = undefined;
  isDirty.value = true;
}

export function read(stream = selectedStream.value): void {
  if (stream === undefined) return;
  selectedStream.value = stream;
  void startReading(stream, textOf());
}

let stopTests: AbortController | undefined;

export async function runTests(checks: boolean): Promise<void> {
  stopTests?.abort();
  const own = new AbortController();
  stopTests = own;
  testing.value = checks ? 'checks' : 'tests';
  try {
    const found = await post<TestReport>('/api/tests', { checks }, own.signal);
    if (stopTests !== own) return;
    // Checks that were not run this time are as they were.
    report.value = checks ? found : { ...found, checks: report.value?.checks ?? [] };
  } catch (thrown) {
    if (!own.signal.aborted) complain(thrown);
  } finally {
    if (stopTests === own) testing.value = undefined;
  }
}

export function cancelTests(): void {
  stopTests?.abort();
}

/** Adds the read to the tests beside the manifest. They are about the file, so that is saved first. */
export async function saveTest(test: { readonly name: string; readonly isExact: boolean }): Promise<boolean> {
  const id = reading.value?.id;
  if (id === undefined || (isDirty.value && !(await save()))) return false;
  try {
    say('Running the test before it is written …');
    const { message } = await post<{ readonly message: string }>(`/api/reads/${id}/save-test`, test);
    say(message);
    void runTests(false);
    return true;
  } catch (thrown) {
    complain(thrown);
    return false;
  }
}

export async function acceptSchema(): Promise<void> {
  const id = reading.value?.id;
  const isFile = reading.value?.end?.schema?.missingFile !== undefined;
  // A file of its own says nothing of what is typed here.
  if (id === undefined || (!isFile && isDirty.value && !(await save()))) return;
  try {
    const { message } = await post<{ readonly message: string }>(`/api/reads/${id}/accept-schema`);
    say(message);
    filesChanged();
    read(reading.value?.stream);
  } catch (thrown) {
    complain(thrown);
  }
}

export function goTo(line: number | undefined): void {
  if (line !== undefined) jumpToLine(line);
}

function take(event: ServerEvent): void {
  switch (event.type) {
    case 'hello':
      session.value = event.session;
      connection.value = 'open';
      void fileChanged(event.session.version).catch(complain);
      break;
    case 'file':
      void fileChanged(event.version).catch(complain);
      break;
    case 'test-file':
      if (testing.value === undefined) void runTests(false);
  }
}

/** Milliseconds between two attempts to reach a server that has gone. */
const patience = 1000;

/** Listens to the server for as long as the page is open. */
export function listenToServer(): void {
  const events = new EventSource('/api/events');
  events.onmessage = ({ data }) => take(JSON.parse(data));
  events.onerror = () => {
    events.close();
    void get('/api/session').then(listenToServer, (thrown: unknown) => {
      const isRefused = thrown instanceof Refused && thrown.status === 403;
      connection.value = isRefused ? 'refused' : 'lost';
      setTimeout(listenToServer, patience);
    });
  };
}
