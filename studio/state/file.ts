import { computed, signal } from '@preact/signals';
import type { FileView, PlaceView, Session } from '../../engine/studio/messages.ts';

export const session = signal<Session | undefined>(undefined);

/** The file as it was last read or written here. */
export const base = signal<FileView | undefined>(undefined);

/** The editor's text is not that of the file. */
export const isDirty = signal(false);

/** The file on disk, when it is neither what was read here nor what is in the editor. */
export const conflict = signal<FileView | undefined>(undefined);

/** `refused`: the server does not know this browser any more. */
export const connection = signal<'connecting' | 'open' | 'lost' | 'refused'>('connecting');

export const fileName = computed(() => session.value?.file.split(/[\\/]/).at(-1) ?? '');

/** Problems that the language server has found. */
export const problems = signal<{ readonly errors: number; readonly warnings: number }>({
  errors: 0,
  warnings: 0,
});

/** Said to the user, and to screen readers, until something else is. */
export const notice = signal<
  | { readonly text: string; readonly isError: boolean; readonly places?: readonly PlaceView[] | undefined }
  | undefined
>(undefined);

/** `places` are where the user may want to look. */
export function say(text: string, places?: readonly PlaceView[]): void {
  notice.value = { text, isError: false, places };
}

export function complain(thrown: unknown): void {
  notice.value = { text: thrown instanceof Error ? thrown.message : String(thrown), isError: true };
}
