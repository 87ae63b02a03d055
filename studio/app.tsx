import { useEffect, useRef } from 'preact/hooks';
import type { FileView, Session } from '../engine/studio/messages.ts';
import { createEditor } from './editor/editor.ts';
import { listenToServer, read, refreshOutline, runTests, save } from './state/actions.ts';
import { get } from './state/api.ts';
import { base, complain, connection, session } from './state/file.ts';
import { cancelReading, isReading } from './state/read.ts';
import { AddStream } from './views/add-stream.tsx';
import { Banners } from './views/banners.tsx';
import { Config } from './views/config.tsx';
import { Conflict } from './views/conflict.tsx';
import { Cost } from './views/cost.tsx';
import { Header } from './views/header.tsx';
import { Reading } from './views/reading.tsx';
import { Streams } from './views/streams.tsx';

async function start(parent: HTMLElement): Promise<void> {
  const [opened, file] = await Promise.all([get<Session>('/api/session'), get<FileView>('/api/file')]);
  session.value = opened;
  base.value = file;
  connection.value = 'open';
  document.title = `${file.path.split(/[\\/]/).at(-1)} · manifold studio`;
  createEditor(parent, file.text, file.uri, {
    save: () => void save(),
    read,
    changed: () => void refreshOutline(),
  });
  listenToServer();
  await refreshOutline();
  void runTests(false);
}

export function App() {
  const editor = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (editor.current !== null) start(editor.current).catch(complain);
    const keys = (event: KeyboardEvent) => {
      const isCommand = event.ctrlKey || event.metaKey;
      // What lies behind an open dialog is not meant; Escape closes the dialog.
      if (document.querySelector('dialog[open]') !== null) {
        if (isCommand && (event.key === 's' || event.key === 'Enter')) event.preventDefault();
        return;
      }
      if (isCommand && event.key === 's') void save();
      else if (isCommand && event.key === 'Enter') read();
      else if (event.key === 'Escape' && isReading.value) return cancelReading();
      else return;
      event.preventDefault();
    };
    // What the editor has taken is not taken again.
    const page = (event: KeyboardEvent) => event.defaultPrevented || keys(event);
    window.addEventListener('keydown', page);
    return () => window.removeEventListener('keydown', page);
  }, []);
  return (
    <div class="studio">
      <Header />
      <Banners />
      <main class="columns">
        <Streams />
        <section class="manifest" aria-label="Manifest">
          <div class="editor" ref={editor} />
        </section>
        <Reading />
      </main>
      <Cost />
      <Conflict />
      <Config />
      <AddStream />
    </div>
  );
}
