import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

/** The part of the API's schema of a CronJob that the example uses; no field besides, so that a misspelt one is found. */
const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()),
  env: z.array(
    z.strictObject({
      name: z.string(),
      valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name: z.string(), key: z.string() }) }),
    }),
  ),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.boolean(),
    readOnlyRootFilesystem: z.boolean(),
  }),
  volumeMounts: z.array(
    z.strictObject({
      name: z.string(),
      mountPath: z.string().startsWith('/'),
      readOnly: z.boolean().optional(),
    }),
  ),
});
const podSpec = z.strictObject({
  restartPolicy: z.enum(['Never', 'OnFailure']),
  terminationGracePeriodSeconds: z.int(),
  securityContext: z.strictObject({ runAsNonRoot: z.boolean(), runAsUser: z.int() }),
  containers: z.array(container),
  volumes: z.array(
    z.strictObject({
      name: z.string(),
      emptyDir: z.strictObject({}).optional(),
      secret: z
        .strictObject({
          secretName: z.string(),
          items: z.array(z.strictObject({ key: z.string(), path: z.string() })),
        })
        .optional(),
    }),
  ),
});
const cronJob = z.strictObject({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('CronJob'),
  metadata: z.strictObject({ name: z.string() }),
  spec: z.strictObject({
    schedule: z.string(),
    concurrencyPolicy: z.enum(['Allow', 'Forbid', 'Replace']),
    successfulJobsHistoryLimit: z.int(),
    failedJobsHistoryLimit: z.int(),
    jobTemplate: z.strictObject({
      spec: z.strictObject({ backoffLimit: z.int(), template: z.strictObject({ spec: podSpec }) }),
    }),
  }),
});

test('the CronJob is one, and every mount has its volume', () => {
  const { spec } = cronJob.parse(parse(readFileSync('examples/kubernetes/cron-job.yaml', 'utf8')));
  const { containers, volumes } = spec.jobTemplate.spec.template.spec;
  const mounted = containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name));
  expect(mounted.sort()).toEqual(volumes.map(({ name }) => name).sort());
});
