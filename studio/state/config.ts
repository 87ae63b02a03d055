import { signal } from '@preact/signals';
import type { ConfigForm, Session } from '../../engine/studio/messages.ts';
import { textOf } from '../editor/editor.ts';
import { refreshOutline } from './actions.ts';
import { post, put } from './api.ts';
import { complain, say, session } from './file.ts';

/** The form while it is open. What is entered goes to the server, and is nowhere here. */
export const configForm = signal<ConfigForm | undefined>(undefined);

export async function openConfig(): Promise<void> {
  try {
    configForm.value = await post<ConfigForm>('/api/config-form', { text: textOf() });
  } catch (thrown) {
    complain(thrown);
  }
}

export async function saveConfig(values: unknown, keep: readonly string[]): Promise<void> {
  session.value = await put<Session>('/api/config', { values, keep });
  configForm.value = undefined;
  say('The config is kept in memory until the studio ends. Now a stream can be read.');
  await refreshOutline();
}
