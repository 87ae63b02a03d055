import { goTo } from '../state/actions.ts';

/** Leads to a line of the manifest. */
export function Line({ line, label }: { readonly line: number | undefined; readonly label?: string }) {
  if (line === undefined) return null;
  return (
    <button type="button" class="link line" onClick={() => goTo(line)} title={`Go to line ${line}`}>
      {label !== undefined && `${label} `}line {line}
    </button>
  );
}
