import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Place } from '../../error/place.ts';
import { positionOf } from '../../error/print-location.ts';
import { version } from '../../util/version.ts';
import type { Report } from './report.ts';

/** SARIF 2.1.0, which code scanners read. */
export function asSarif(reports: readonly Report[]): string {
  const found = reports.flatMap(({ file, findings }) => findings.map((finding) => ({ file, finding })));
  const rules = [...new Set(found.map(({ finding }) => ruleOf(finding)))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'manifold', version, rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: found.map(({ file, finding }) => toResult(file, finding, rules)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function toResult(file: string, finding: Diagnostic, rules: readonly string[]) {
  const [first, ...others] = finding.places;
  const ruleId = ruleOf(finding);
  return {
    ruleId,
    ruleIndex: rules.indexOf(ruleId),
    level: finding.severity,
    message: { text: finding.message },
    locations: [first === undefined ? locationIn(file) : locationOf(first, finding.offset)],
    ...(others.length > 0 && { relatedLocations: others.map((place) => locationOf(place)) }),
  };
}

function ruleOf({ rule = 'manifest' }: Diagnostic): string {
  return rule;
}

function locationOf(place: Place, offset?: number) {
  return locationIn(place.source.name, positionOf(place, offset));
}

function locationIn(file: string, position?: { readonly line: number; readonly column: number }) {
  const path = file.split(/[/\\]/).map(encodeURIComponent).join('/');
  // A path from the root is a reference to another host's file unless it says that it is of this one.
  const uri = path.startsWith('/') ? `file://${path}` : path;
  return {
    physicalLocation: {
      artifactLocation: { uri },
      ...(position && { region: { startLine: position.line, startColumn: position.column } }),
    },
  };
}
