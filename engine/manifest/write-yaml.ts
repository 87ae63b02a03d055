import { Document, isScalar, visit } from 'yaml';

/** Lists of words stand in one line. */
const longestLine = 8;

/** A value as YAML that reads the same by 1.1, in which manifests are written, and by 1.2. */
export function toYaml(value: unknown): string {
  const document = new Document(value, { version: '1.1', aliasDuplicateObjects: false });
  visit(document, {
    Seq(_, node) {
      if (node.items.length <= longestLine && node.items.every((item) => isScalar(item))) node.flow = true;
    },
  });
  // Without the line that names the version.
  document.directives = undefined;
  return document.toString({ lineWidth: 110, flowCollectionPadding: false });
}
