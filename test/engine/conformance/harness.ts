import type { Check } from '../../../engine/conformance/check.ts';
import { createSubject, type SubjectOptions } from '../../../engine/conformance/create-subject.ts';
import { type CheckResult, runCheck } from '../../../engine/conformance/run-checks.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { locationOf } from '../../../engine/error/print-location.ts';
import type { Hook } from '../../../engine/language/hook.ts';

interface Expected {
  readonly message: string | RegExp;
  /** The line of the manifest from the caret on, cut to the length of what a test expects. */
  readonly at?: string;
  readonly stream?: string;
  readonly severity?: 'error' | 'warning' | 'note';
}

export interface Given extends Partial<Omit<SubjectOptions, 'file' | 'manifest'>> {
  readonly hooks?: readonly Hook[];
}

/** The vocabulary of a check's test: what passes, and what the check says of what does not. */
export function harness(check: Check) {
  async function run(yaml: string, { hooks, ...given }: Given = {}): Promise<CheckResult> {
    const manifest = loadManifest({ name: 'x.yaml', text: yaml }, hooks && { hooks });
    return runCheck(createSubject({ file: 'x.yaml', manifest, ...given }), check);
  }
  return {
    run,
    /** It looked at something, and nothing is wrong. */
    async expectPass(yaml: string, given: Given = {}): Promise<void> {
      const { verdict, violations, notRun } = await run(yaml, given);
      expect({ verdict, violations: violations.map(({ message }) => message), notRun }).toEqual({
        verdict: 'passed',
        violations: [],
        notRun: [],
      });
    },
    /** There is nothing in the manifest that it concerns. */
    async expectNothing(yaml: string, given: Given = {}): Promise<void> {
      expect((await run(yaml, given)).verdict).toBe('nothing');
    },
    /** What is wrong, in order. */
    async expectViolations(yaml: string, expected: readonly Expected[], given: Given = {}): Promise<void> {
      const { violations } = await run(yaml, given);
      const found = violations.map(({ message, places: [place], offset, stream, severity }, index) => {
        const wanted = expected[index];
        const [file, line, column] = place === undefined ? [] : locationOf(place, offset).split(':');
        const text = place?.source.text ?? '';
        const at =
          file === undefined ? '' : (text.split('\n')[Number(line) - 1]?.slice(Number(column) - 1) ?? '');
        return {
          message:
            wanted?.message instanceof RegExp && wanted.message.test(message) ? wanted.message : message,
          ...(wanted?.at !== undefined && { at: at.slice(0, wanted.at.length) }),
          ...(wanted?.stream !== undefined && { stream }),
          ...(wanted?.severity !== undefined && { severity: severity ?? check.severity }),
        };
      });
      expect(found).toEqual(expected);
    },
  };
}

/** A manifest of one stream "items" with a spec; each part is YAML that takes the place of the usual one. */
export function manifestWith(
  parts: {
    readonly spec?: string;
    readonly stream?: string;
    readonly schema?: string;
    readonly root?: string;
  } = {},
): string {
  const {
    spec = '{ type: object, properties: {} }',
    stream = '',
    schema = '{ type: object, properties: {} }',
    root = '',
  } = parts;
  return `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
spec:
  type: Spec
  connection_specification:
${indented(spec, 4)}
streams:
  - type: DeclarativeStream
    name: items
    retriever:
      requester: { url: https://api.test/items }
      record_selector: { extractor: { field_path: [] } }
    schema_loader:
      type: InlineSchemaLoader
      schema:
${indented(schema, 8)}
${indented(stream, 4)}
${root}
`;
}

function indented(text: string, by: number): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : ' '.repeat(by) + line))
    .join('\n');
}
