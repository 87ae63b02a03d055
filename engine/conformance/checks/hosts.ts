import { nodeAt } from '../../manifest/node-at.ts';
import { allowsHost } from '../allowed-hosts.ts';
import { defineCheck } from '../check.ts';
import { connectorMetadata } from '../connector-metadata.ts';
import { looked, notRun, violation } from '../events.ts';
import { hostUses } from '../host-uses.ts';
import { textsOf } from '../schema-walk.ts';

export const hosts = defineCheck({
  id: 'hosts',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  doc: 'every host that the manifest asks is among the `allowedHosts` of the metadata: a platform lets no other through; for those that only give tokens a warning, as published connectors leave them out',
  *run(subject) {
    for (const metadata of connectorMetadata(subject)) {
      const allowed = nodeAt(metadata, ['allowedHosts', 'hosts']);
      if (allowed.kind !== 'sequence') continue;
      const patterns = textsOf(allowed);
      const told = new Set<string>();
      for (const { host, node, isOfTokens } of hostUses(subject)) {
        if (host === undefined) {
          yield notRun(`the host of ${JSON.stringify(node.value)} is known only in a sync`);
          continue;
        }
        yield looked();
        if (told.has(host) || patterns.some((pattern) => allowsHost(pattern, host, subject.config))) continue;
        told.add(host);
        yield violation(node, `"${host}" is asked, and it is not among the "allowedHosts".`, {
          also: [allowed.place],
          ...(isOfTokens && { severity: 'warning' }),
        });
      }
    }
  },
});
