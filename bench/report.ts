/** Figures as people read them, and all of them as JSON for programs. */

export const milliseconds = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`;
export const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
export const ratio = (value: number) => `${value.toFixed(2)} x`;
export const perSecond = (rate: number) => `${Math.round(rate).toLocaleString('en')}/s`;
export const microseconds = (seconds: number) => `${(seconds * 1e6).toFixed(1)} us`;

export interface Report {
  table(title: string, columns: readonly string[]): void;
  row(name: string, cells: readonly string[], figures: object): void;
  /** Writes what was collected; nothing where only the table is wanted. */
  end(): void;
}

/** Tables as they come; with `asJson` nothing but one JSON document at the end. */
export function createReport(asJson: boolean, write: (text: string) => void): Report {
  const parts: Record<string, Record<string, object>> = {};
  let rows: Record<string, object> = {};
  const line = (first: string, rest: readonly string[]) =>
    write(`${first.padEnd(36)}${rest.map((cell) => cell.padStart(13)).join('')}\n`);
  return {
    table(title, columns) {
      rows = {};
      parts[title] = rows;
      if (!asJson) line(`\n${title}`, columns);
    },
    row(name, cells, figures) {
      rows[name] = figures;
      if (!asJson) line(name, cells);
    },
    end() {
      if (asJson) write(`${JSON.stringify(parts, undefined, 2)}\n`);
    },
  };
}
