import type { ComponentChildren } from 'preact';

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly title: string; readonly mark?: string | undefined }[];
  readonly current: T;
  readonly choose: (id: T) => void;
  readonly children: ComponentChildren;
}

/** Tabs as screen readers and arrow keys know them. */
export function Tabs<T extends string>({ label, tabs, current, choose, children }: TabsProps<T>) {
  const key = label.toLowerCase().replaceAll(' ', '-');
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ id }) => id === current);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    choose(next.id);
    document.getElementById(`tab-${key}-${next.id}`)?.focus();
  };
  return (
    <div class="tabs">
      <div role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(({ id, title, mark }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${key}-${id}`}
            aria-selected={id === current}
            aria-controls={`panel-${key}`}
            tabIndex={id === current ? 0 : -1}
            onClick={() => choose(id)}
          >
            {title}
            {mark !== undefined && <span class="mark-count">{mark}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`panel-${key}`} aria-labelledby={`tab-${key}-${current}`} class="tab-panel">
        {children}
      </div>
    </div>
  );
}
