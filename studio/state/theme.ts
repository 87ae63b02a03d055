import { effect, signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';

const order: readonly Theme[] = ['auto', 'light', 'dark'];
const key = 'manifold-studio-colours';

export const theme = signal<Theme>(order.find((name) => name === localStorage.getItem(key)) ?? 'auto');

export function nextTheme(): void {
  theme.value = order[(order.indexOf(theme.value) + 1) % order.length] ?? 'auto';
}

effect(() => {
  localStorage.setItem(key, theme.value);
  document.documentElement.dataset.theme = theme.value;
});
