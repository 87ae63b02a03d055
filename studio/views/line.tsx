import { goTo } from '../state/actions.ts';

/** Leads to a line of the manifest. */
export function Line({ line, label }: { readonly line: number | undefined; readonly label?: string }) {
  if (line === undefined) return null;
  return (
    <button
      type="button"
      class="link line"
      onClick={() => goTo(line)}
      aria-label={`${label ?? ''} Go to line ${line}`.trim()}
    >
      {label !== undefined && `${label} `}line {line}
    </button>
  );
}
