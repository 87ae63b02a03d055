import type { Check } from '../../../engine/conformance/check.ts';
import { filterCodes } from '../../../engine/conformance/checks/filter-codes.ts';
import { parentKeys } from '../../../engine/conformance/checks/parent-keys.ts';
import { pkDeclared } from '../../../engine/conformance/checks/pk-declared.ts';
import { createSubject } from '../../../engine/conformance/create-subject.ts';
import { notRun } from '../../../engine/conformance/events.ts';
import { reportText } from '../../../engine/conformance/report-text.ts';
import { runCheck } from '../../../engine/conformance/run-checks.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';

const stream = (name: string, filter: string) => `  - type: DeclarativeStream
    name: ${name}
    retriever:
      requester:
        url: "https://api.test/${name}"
        error_handler:
          response_filters:
            - { type: HttpResponseFilter, action: IGNORE, ${filter} }
      record_selector: { extractor: { field_path: [data] } }
`;

async function textOf(check: Check, ...streams: readonly string[]): Promise<string> {
  const text = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [a] }
streams:
${streams.join('')}`;
  const subject = createSubject({ file: 'x.yaml', manifest: loadManifest({ name: 'x.yaml', text }) });
  const report = {
    file: 'x.yaml',
    testFile: undefined,
    problems: [],
    remarks: [],
    checks: [await runCheck(subject, check)],
    tests: [],
    coverage: undefined,
    took: 0,
  };
  return reportText([report], { verbose: false, width: 80 });
}

describe('the report for people', () => {
  it('says once what is the same in several places', async () => {
    const text = await textOf(
      filterCodes,
      stream('a', 'http_codes: [401]'),
      stream('b', 'http_codes: [401]'),
      stream('c', 'http_codes: [492]'),
    );
    expect(text.match(/With an expired or mistyped credential/g)).toHaveLength(1);
    expect(text).toContain('at x.yaml:12:51\n  see also x.yaml:12:71\n  and in 1 other place, line 21');
    expect(text).toContain('No API answers with the status 492');
  });

  it('says once what is the same of several streams, and of which', async () => {
    const text = await textOf(
      pkDeclared,
      ...['a', 'b', 'c'].map((name) => stream(name, 'http_codes: [404]')),
    );
    expect(text.match(/has no primary key/g)).toHaveLength(1);
    expect(text).toContain('Stream "a" has no primary key');
    expect(text).toContain('  at x.yaml:5:5\n  and of "b", "c": line 14, 23\n');
  });

  it('says nothing of what there is not', async () => {
    expect(await textOf(parentKeys, stream('a', 'http_codes: [404]'))).not.toContain('warning');
  });

  it('says why many checks could not be run, where that is one reason', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const reportOf = async (count: number) => {
      const text = 'version: 6.0.0\ntype: DeclarativeSource\nstreams: []\n';
      const subject = createSubject({ file: 'x.yaml', manifest: loadManifest({ name: 'x.yaml', text }) });
      const checks = ids.slice(0, count).map((id) =>
        runCheck(subject, {
          ...filterCodes,
          id,
          *run() {
            yield notRun('no hook is loaded');
          },
        }),
      );
      const none = { testFile: undefined, problems: [], remarks: [], tests: [], coverage: undefined };
      return [{ ...none, file: 'x.yaml', checks: await Promise.all(checks), took: 0 }];
    };
    const hint = 'checks could not be run: no hook is loaded';
    expect(reportText(await reportOf(5))).toContain(`  5 ${hint}\n  static     5 not run`);
    expect(reportText(await reportOf(4))).not.toContain(hint);
    expect(reportText(await reportOf(5), { verbose: true })).not.toContain(hint);
  });
});
