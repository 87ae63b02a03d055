import type { SubjectReport } from '../../../conformance/report.ts';
import type { Source } from '../../../error/place.ts';
import { digestOf, type NotedInput } from '../inputs.ts';
import { receivedReport, type SentReport, sentReport } from '../sent-report.ts';

/** The first line of a kept report: what it depends on. The report is the second. */
interface Head {
  readonly inputs: readonly NotedInput[];
  /** What its places stand in, by the digests of the texts: nobody wants copies of what may have secrets in it. */
  readonly sources: readonly { readonly name: string; readonly text: string | null }[];
}

/**
 * A report as a text, with what was read for it. Undefined for one whose places stand in a text that is not that of a file
 * as it was read.
 */
export function writtenReport(report: SubjectReport, inputs: readonly NotedInput[]): string | undefined {
  const numbers = numberedSources();
  const body = JSON.stringify(sentReport(report), (key, value) => {
    if (value instanceof Set) return [...value].map((each) => each ?? null);
    return key === 'source' ? numbers.of(value) : value;
  });
  const sources = numbers
    .all()
    .map(({ name, text }) => ({ name, text: text === undefined ? null : digestOf(text) }));
  const known = new Set(inputs.map(({ answer }) => answer));
  if (sources.some(({ text }) => text !== null && !known.has(text))) return undefined;
  return `${JSON.stringify({ inputs, sources } satisfies Head)}\n${body}`;
}

/** What was read for a report. */
export function inputsOf(written: string): readonly NotedInput[] {
  return headOf(written).inputs;
}

/** The report as it was, its places in the texts of now, which are the same. */
export function readReport(written: string, texts: ReadonlyMap<string, string>): SubjectReport {
  const sources = headOf(written).sources.map(({ name, text }): Source => {
    const known = text === null ? undefined : texts.get(text);
    return known === undefined ? { name } : { name, text: known };
  });
  const body: SentReport = JSON.parse(written.slice(written.indexOf('\n') + 1), (key, value) => {
    if (key === 'source') return sources[value];
    return key === 'looked' ? new Set(value.map((each: unknown) => each ?? undefined)) : value;
  });
  return receivedReport(body);
}

function headOf(written: string): Head {
  return JSON.parse(written.slice(0, written.indexOf('\n')));
}

function numberedSources() {
  const all: Source[] = [];
  const numbers = new Map<Source, number>();
  return {
    all: (): readonly Source[] => all,
    of(source: Source): number {
      const known = numbers.get(source);
      if (known !== undefined) return known;
      const same = all.findIndex(({ name, text }) => name === source.name && text === source.text);
      const number = same < 0 ? all.push(source) - 1 : same;
      numbers.set(source, number);
      return number;
    },
  };
}
