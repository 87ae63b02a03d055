import { signal } from '@preact/signals';
import type { Copied, NewStream } from '../../engine/studio/messages.ts';
import { focusEditor, jumpToLine, replaceText, textOf } from '../editor/editor.ts';
import { refreshOutline } from './actions.ts';
import { post } from './api.ts';
import { say } from './file.ts';
import { selectedStream } from './outline.ts';

export const isAdding = signal(false);

/** Puts another stream into the editor, where Ctrl Z takes it back. Rejects when it cannot be one. */
export async function addStream(stream: NewStream): Promise<void> {
  const { text, line, isWithoutPath, copied } = await post<Copied>('/api/add-stream', {
    text: textOf(),
    ...stream,
  });
  isAdding.value = false;
  replaceText(text);
  jumpToLine(line);
  selectedStream.value = stream.name;
  await refreshOutline();
  // The dialog has gone by now, and whoever added a stream types on in its lines.
  focusEditor();
  say(
    isWithoutPath
      ? `${stream.name} is here; its path is not in these lines: look for it where they refer to.`
      : `${stream.name} is here and not saved yet: read it with Ctrl Enter.${copied.length > 0 ? ` From ${stream.like} it has, to be looked at:` : ''}`,
    copied,
  );
}
